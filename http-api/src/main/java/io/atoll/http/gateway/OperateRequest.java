package io.atoll.http.gateway;

import io.atoll.map.Idempotency;
import io.atoll.map.Operation;
import io.atoll.tenant.Caller;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** What a caller asks of a tenant's maps, and the executor on which the answer is awaited. */
public record OperateRequest(
    Caller caller, List<Operation> operations, @Nullable Idempotency promise, Executor executor) {}
