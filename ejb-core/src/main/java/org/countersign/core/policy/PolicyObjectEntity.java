package org.countersign.core.policy;

import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One object of the policy in force. */
@Entity
@Table(name = "policy_object")
public class PolicyObjectEntity {
    @EmbeddedId
    private Id id;

    /** Canonical YAML. */
    private String document;

    private long version;

    @SuppressWarnings("NullAway.Init") // filled by JPA
    protected PolicyObjectEntity() {}

    PolicyObjectEntity(Manifest.Key key, String document, long version) {
        this.id = new Id(key);
        this.document = document;
        this.version = version;
    }

    void replace(String newDocument, long newVersion) {
        document = newDocument;
        version = newVersion;
    }

    Manifest.Key key() {
        return new Manifest.Key(ManifestKind.of(id.kind).orElseThrow(), id.name);
    }

    String document() {
        return document;
    }

    /** The policy version that wrote it. */
    long version() {
        return version;
    }

    /** Kind and name make an object. */
    @Embeddable
    public static class Id implements Serializable {
        private static final long serialVersionUID = 1L;
        private String kind;
        private String name;

        @SuppressWarnings("NullAway.Init") // filled by JPA
        protected Id() {}

        Id(Manifest.Key key) {
            this.kind = key.kind().label();
            this.name = key.name();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Id id && kind.equals(id.kind) && name.equals(id.name);
        }

        @Override
        public int hashCode() {
            return Objects.hash(kind, name);
        }
    }
}
