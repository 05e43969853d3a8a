/** PostgreSQL: the conversation with the client, the conversation with the target, and what ties them together. */
@NullMarked
package org.countersign.connector.postgres;

import org.jspecify.annotations.NullMarked;
