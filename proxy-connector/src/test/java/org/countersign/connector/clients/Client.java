package org.countersign.connector.clients;

/** A program or library with which people work on PostgreSQL. */
interface Client {
    /** Its name in the list of accepted differences. */
    String name();

    /**
     * Does all operations on a database that nobody touched yet.
     *
     * @return everything a user of the client can see, each operation headed by {@code == name}
     */
    String operate(Endpoint endpoint) throws Exception;
}
