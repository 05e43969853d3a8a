/** The {@code countersign} command for users: tokens, policy as code, approvals and the independent verifier. */
@NullMarked
package org.countersign.cli;

import org.jspecify.annotations.NullMarked;
