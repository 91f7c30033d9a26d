package io.atoll.tenant;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/** Brings questions to tenants by a post, and to each its one answer. Thread-safe. */
public final class TenantQuestions {
  private final ActorSystem<?> system;
  private final ActorRef<Question> questions;

  private record Question(String tenantId, TenantCommand.Public command) {}

  private TenantQuestions(ActorSystem<?> system, ActorRef<Question> questions) {
    this.system = system;
    this.questions = questions;
  }

  /** Questions that this post brings; their order is that of whatever else it brings. */
  public static TenantQuestions by(TenantPost post, ActorSystem<?> system) {
    return new TenantQuestions(
        system,
        DirectAddress.open(
            system,
            "questions",
            Question.class,
            question -> post.send(question.tenantId(), question.command())));
  }

  /** Fails when the tenant has not answered in time. */
  public CompletionStage<TenantReply> ask(
      String tenantId,
      Function<ActorRef<TenantReply>, TenantCommand.Public> question,
      Duration patience) {
    return AskPattern.ask(
        questions,
        replyTo -> new Question(tenantId, question.apply(replyTo)),
        patience,
        system.scheduler());
  }
}
