/** Disks of the tests, made by the means of the journal itself. */
package org.countersign.journal;
