/** Everyday clients do the same work directly and through the gateway; what they see is compared as text. */
package org.countersign.connector.clients;
