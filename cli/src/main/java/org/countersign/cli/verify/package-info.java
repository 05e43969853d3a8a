/**
 * The independent verifier of journals. It is written from the description of the file format alone and shares no code
 * with the writer, so that one mistake cannot hide in both.
 */
@NullMarked
package org.countersign.cli.verify;

import org.jspecify.annotations.NullMarked;
