package io.atoll.tenant;

/**
 * Where a tenant id stands in its life: Absent → Active ⇄ Suspended → Deleted → Purging → Absent
 * again, as the next incarnation, which shares nothing with the one before.
 */
sealed interface TenantState {
  /** Counts the lives of the id, from 1. */
  long incarnation();

  /** Answers that are to be given again. */
  Receipts receipts();

  /** There is no such tenant. */
  record Absent(long incarnation, Receipts receipts) implements TenantState {
    static final Absent FIRST = new Absent(1, Receipts.NONE);
  }

  /** There is such a tenant, or there was and its data is still kept. */
  sealed interface Present extends TenantState {
    Tenant tenant();

    TenantStatus status();

    /** The same stage of life with another content. */
    Present with(Tenant changed);

    @Override
    default Receipts receipts() {
      return tenant().receipts();
    }
  }

  /** A tenant that serves. */
  record Active(long incarnation, Tenant tenant) implements Present {
    @Override
    public TenantStatus status() {
      return TenantStatus.ACTIVE;
    }

    @Override
    public Active with(Tenant changed) {
      return new Active(incarnation, changed);
    }
  }

  /** A tenant that can be managed and read about but serves no data. */
  record Suspended(long incarnation, Tenant tenant) implements Present {
    @Override
    public TenantStatus status() {
      return TenantStatus.SUSPENDED;
    }

    @Override
    public Suspended with(Tenant changed) {
      return new Suspended(incarnation, changed);
    }
  }

  /** A tenant that is gone for everybody; its data is kept until it is purged. */
  record Deleted(long incarnation, Tenant tenant, long deletedAt) implements Present {
    @Override
    public TenantStatus status() {
      return TenantStatus.DELETED;
    }

    @Override
    public Deleted with(Tenant changed) {
      return new Deleted(incarnation, changed, deletedAt);
    }
  }

  /** A deleted tenant whose data is being erased. {@code kept} are the receipts that outlive it. */
  record Purging(long incarnation, Tenant tenant, Receipts kept) implements Present {
    @Override
    public TenantStatus status() {
      return TenantStatus.DELETED;
    }

    @Override
    public Purging with(Tenant changed) {
      return new Purging(incarnation, changed, kept);
    }

    @Override
    public Receipts receipts() {
      return kept;
    }
  }
}
