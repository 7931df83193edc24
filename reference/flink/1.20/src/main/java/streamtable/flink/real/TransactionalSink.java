package streamtable.flink.real;

import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.api.common.typeutils.base.VoidSerializer;
import org.apache.flink.streaming.api.functions.sink.TwoPhaseCommitSinkFunction;

/** A sink that writes into the transactions of a store. */
final class TransactionalSink extends TwoPhaseCommitSinkFunction<String, String, Void> {
  private static final long serialVersionUID = 1;

  private final TransactionStore store;

  TransactionalSink(TransactionStore store) {
    super(StringSerializer.INSTANCE, VoidSerializer.INSTANCE);
    this.store = store;
  }

  @Override
  protected void invoke(String transaction, String value, Context context) {
    store.write(transaction, value);
  }

  @Override
  protected String beginTransaction() {
    return store.begin();
  }

  @Override
  protected void preCommit(String transaction) {}

  @Override
  protected void commit(String transaction) {
    store.commit(transaction);
  }

  @Override
  protected void abort(String transaction) {}
}
