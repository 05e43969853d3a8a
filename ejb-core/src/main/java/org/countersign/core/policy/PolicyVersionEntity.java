package org.countersign.core.policy;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** The version of the policy in force: the one row that a change of policy locks. */
@Entity
@Table(name = "policy_version")
public class PolicyVersionEntity {
    static final short ONLY = 1;

    @Id
    private short id;

    private long version;

    protected PolicyVersionEntity() {}

    long version() {
        return version;
    }

    long next() {
        version++;
        return version;
    }

    short id() {
        return id;
    }
}
