package io.atoll.http.route;

import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** Answers one method of one path. May throw {@link RefusedException} instead of answering. */
@FunctionalInterface
interface Handler {
  CompletionStage<HttpResponse> handle(Call call);
}
