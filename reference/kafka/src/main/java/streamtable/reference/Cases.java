package streamtable.reference;

import java.util.List;
import java.util.stream.Stream;
import streamtable.reference.cases.AssignorCases;
import streamtable.reference.cases.ClusterCases;
import streamtable.reference.cases.ElectionCases;
import streamtable.reference.cases.GroupCases;
import streamtable.reference.cases.LogCases;
import streamtable.reference.cases.PartitioningCases;
import streamtable.reference.cases.PlacementCases;
import streamtable.reference.cases.ReplicationCases;
import streamtable.reference.cases.SettingsCases;
import streamtable.reference.cases.TransactionCases;

/** All cases, by subject. */
final class Cases {
  private Cases() {}

  static List<Case> all() {
    return Stream.of(
            PartitioningCases.all(),
            AssignorCases.all(),
            PlacementCases.all(),
            LogCases.all(),
            TransactionCases.all(),
            ReplicationCases.all(),
            ElectionCases.all(),
            SettingsCases.all(),
            ClusterCases.all(),
            GroupCases.all())
        .flatMap(List::stream)
        .toList();
  }
}
