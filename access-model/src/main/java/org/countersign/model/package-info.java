/** The words of Countersign. */
@NullMarked
package org.countersign.model;

import org.jspecify.annotations.NullMarked;
