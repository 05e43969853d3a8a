/** The permanent corpora: what must be denied, what must be masked and what must be let through, on the real wire. */
package org.countersign.connector.corpus;
