package org.countersign.core.policy;

import java.util.Optional;
import org.countersign.model.session.Person;

/**
 * Who is behind an object of the policy.
 *
 * @param first who proposed to make it; empty for what filled an empty store
 * @param last who proposed it as it is now; empty likewise
 */
record Authors(Optional<Person> first, Optional<Person> last) {
    static final Authors UNKNOWN = new Authors(Optional.empty(), Optional.empty());
}
