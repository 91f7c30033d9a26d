package io.atoll.http.listener;

/** Tells the connections that the listener stops: finish what is in flight, begin nothing new. */
enum ListenerStop {
  EVENT
}
