package io.atoll.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ReceiptsTest {
  @Test
  void theNewestThousandAreKept() {
    Receipts receipts = Receipts.NONE;
    for (int i = 0; i < 1_500; i++) {
      receipts = receipts.plus(receipt("k" + i, 10_000), i);
    }

    assertThat(receipts.all()).hasSize(Receipts.MAX);
    assertThat(receipts.find("k1499", 2_000)).isPresent();
    assertThat(receipts.find("k499", 2_000)).isEmpty();
    assertThat(receipts.find("k500", 2_000)).isPresent();
  }

  @Test
  void promisesMakeRoomBeforeAnythingElse() {
    Receipts receipts = Receipts.NONE.plus(receipt("answer", 10_000), 0);
    for (int i = 0; i < 1_500; i++) {
      Receipt promise = new Receipt("p" + i, "body", 10_000, new Receipt.Promised());
      receipts = receipts.plus(promise, i);
    }

    assertThat(receipts.all()).hasSize(Receipts.MAX);
    assertThat(receipts.find("answer", 2_000)).isPresent();
    assertThat(receipts.find("p500", 2_000)).isEmpty();
    assertThat(receipts.find("p501", 2_000)).isPresent();
  }

  @Test
  void whatIsOverIsNotFoundAndMakesRoom() {
    Receipts receipts = Receipts.NONE.plus(receipt("old", 10), 0).plus(receipt("new", 20), 10);

    assertThat(receipts.all()).hasSize(1);
    assertThat(receipts.find("new", 19)).isPresent();
    assertThat(receipts.find("new", 20)).isEmpty();
  }

  @Test
  void aSealedTextOpensUnderTheSameClientKeyAndTenantOnly() {
    byte[] sealed = ReceiptSeal.seal("acme", "client", new byte[12], "the text");

    assertThat(ReceiptSeal.open("acme", "client", sealed)).isEqualTo("the text");
    assertThatThrownBy(() -> ReceiptSeal.open("acme", "other", sealed))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> ReceiptSeal.open("other", "client", sealed))
        .isInstanceOf(IllegalStateException.class);
    assertThat(ReceiptSeal.digest("acme", "client"))
        .isNotEqualTo(ReceiptSeal.digest("other", "client"));
  }

  private static Receipt receipt(String digest, long expiresAt) {
    return new Receipt(digest, "body", expiresAt, new Receipt.Done());
  }
}
