package org.countersign.connector.clients;

/** Where a client of the comparison connects: the same user and password, once the server itself, once the gateway. */
record Endpoint(int port, String user, String password, String database) {
    static final String HOST = "127.0.0.1";

    String url(String... properties) {
        return "jdbc:postgresql://" + HOST + ":" + port + "/" + database + "?user=" + user + "&password=" + password
                + (properties.length == 0 ? "" : "&" + String.join("&", properties));
    }
}
