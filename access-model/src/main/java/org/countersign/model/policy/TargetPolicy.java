package org.countersign.model.policy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.countersign.model.command.FieldName;

/**
 * A target as its manifests describe it.
 *
 * @param tls {@code disable}, {@code prefer}, {@code require} or {@code verify-full}
 * @param credentials in the order in which they are tried
 * @param classes the data classes of every classified field; a field classified by document path has the classes of
 *     all its paths
 * @param documents the fields classified by document path, which are masked whole
 * @param detectors the content detectors that run on everything else
 * @param owners who may countersign as its owner
 */
public record TargetPolicy(
        String name,
        Map<String, String> labels,
        String protocol,
        String host,
        int port,
        String database,
        String tls,
        List<Credential> credentials,
        Map<FieldName, Set<String>> classes,
        Set<FieldName> documents,
        Set<String> detectors,
        Owners owners) {
    public TargetPolicy {
        labels = Map.copyOf(labels);
        credentials = List.copyOf(credentials);
        var copied = new HashMap<FieldName, Set<String>>();
        classes.forEach((field, names) -> copied.put(field, Set.copyOf(names)));
        classes = Map.copyOf(copied);
        documents = Set.copyOf(documents);
        detectors = Set.copyOf(detectors);
    }

    /** A target that nobody owns. */
    public TargetPolicy(
            String name,
            Map<String, String> labels,
            String protocol,
            String host,
            int port,
            String database,
            String tls,
            List<Credential> credentials,
            Map<FieldName, Set<String>> classes,
            Set<FieldName> documents,
            Set<String> detectors) {
        this(
                name,
                labels,
                protocol,
                host,
                port,
                database,
                tls,
                credentials,
                classes,
                documents,
                detectors,
                Owners.NOBODY);
    }

    /** Persons who are named or in a group. */
    public record Owners(Set<String> users, Set<String> groups) {
        public static final Owners NOBODY = new Owners(Set.of(), Set.of());

        public Owners {
            users = Set.copyOf(users);
            groups = Set.copyOf(groups);
        }

        public boolean include(String user, Set<String> hisGroups) {
            return users.contains(user) || hisGroups.stream().anyMatch(groups::contains);
        }
    }

    /**
     * An account of the target.
     *
     * @param secret where its password is: {@code env:NAME} or {@code file:PATH}
     * @param authentication the weakest use the target may make of it: {@code scram-sha-256}, {@code md5} or
     *     {@code password}
     * @param roles it serves holders of any of these; empty: everybody
     */
    public record Credential(String username, String secret, String authentication, Set<String> roles) {
        public Credential {
            roles = Set.copyOf(roles);
        }

        /** A password that never leaves the gateway. */
        public Credential(String username, String secret, Set<String> roles) {
            this(username, secret, "scram-sha-256", roles);
        }
    }

    /** Returns the classes of a field, none when it has none. */
    public Set<String> classesOf(FieldName field) {
        return classes.getOrDefault(field, Set.of());
    }
}
