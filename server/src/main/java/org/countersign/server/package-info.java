/** Assembles and runs WildFly, Keycloak and PostgreSQL as one product, for a demo, for tests and as a first installation. */
@NullMarked
package org.countersign.server;

import org.jspecify.annotations.NullMarked;
