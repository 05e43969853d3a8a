package org.countersign.core.policy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** The one way in which a manifest is written down: what says the same has the same text. */
final class CanonicalYaml {
    private static final List<String> FIRST_KEYS = List.of(
            "apiVersion",
            "kind",
            "metadata",
            "spec",
            "name",
            "labels",
            "type",
            "protocol",
            "address",
            "database",
            "tls",
            "owner",
            "credential",
            "credentials",
            "username",
            "secret",
            "target",
            "columns",
            "documents",
            "detectors",
            "holders",
            "permissions",
            "targets",
            "actions",
            "resources",
            "functions",
            "masking",
            "limits",
            "when",
            "effect",
            "priority",
            "message",
            "approval",
            "steps",
            "approvers",
            "match",
            "quorum");
    private static final Comparator<String> ORDER = Comparator.<String>comparingInt(
                    key -> FIRST_KEYS.contains(key) ? FIRST_KEYS.indexOf(key) : FIRST_KEYS.size())
            .thenComparing(Comparator.naturalOrder());

    private CanonicalYaml() {}

    /** @param manifest one without problems */
    static String of(MappingNode manifest) {
        var settings = DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .setSplitLines(false)
                .build();
        return new Dump(settings).dumpToString(plain(manifest));
    }

    private static Object plain(Node node) {
        if (node instanceof MappingNode mapping) {
            return sorted(mapping);
        }
        if (node instanceof SequenceNode sequence) {
            var items = new ArrayList<Object>();
            sequence.getValue().forEach(item -> items.add(plain(item)));
            return items;
        }
        var scalar = (ScalarNode) node;
        return scalar.getTag().equals(Tag.INT) ? (Object) Long.valueOf(scalar.getValue()) : scalar.getValue();
    }

    private static Map<String, Object> sorted(MappingNode mapping) {
        var sorted = new TreeMap<String, Object>(ORDER);
        for (NodeTuple tuple : mapping.getValue()) {
            sorted.put(((ScalarNode) tuple.getKeyNode()).getValue(), plain(tuple.getValueNode()));
        }
        return sorted;
    }
}
