/**
 * What an SQL statement would do, from the query trees the target itself prints. Pure: text in, facts out; what only the
 * catalog knows is handed out as a question.
 */
@NullMarked
package org.countersign.connector.postgres.analysis;

import org.jspecify.annotations.NullMarked;
