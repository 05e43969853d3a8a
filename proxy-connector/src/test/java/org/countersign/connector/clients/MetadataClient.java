package org.countersign.connector.clients;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.largeobject.LargeObject;
import org.postgresql.largeobject.LargeObjectManager;

/** Every method of JDBC's DatabaseMetaData, with arguments of several sorts, and pgjdbc's large objects. */
record MetadataClient() implements Client {
    /** What stands for a name in turn: everything, a pattern, one that has to be quoted, nothing. */
    private static final List<List<@Nullable String>> NAMES = List.of(
            Arrays.asList(null, "sales", "%"),
            Arrays.asList(null, "sales", "customers"),
            Arrays.asList("shop", "sal_s", "o%"),
            Arrays.asList("", "Odd Names", "T%"),
            Arrays.asList(null, null, "no_such_object"));

    private static final int LARGE = 40002;

    @Override
    public String name() {
        return "pgjdbc-metadata";
    }

    @Override
    public String operate(Endpoint endpoint) {
        var out = new JdbcTranscript();
        List<Method> methods = Arrays.stream(DatabaseMetaData.class.getDeclaredMethods())
                .filter(method -> !method.getName().equals("getURL")) // names the port
                .sorted(Comparator.comparing(Method::getName).thenComparing(Method::toString))
                .toList();
        out.operation("without arguments", endpoint.url(), (connection, to) -> {
            for (Method method : methods) {
                if (method.getParameterCount() == 0) {
                    call(connection, to, method, List.of());
                }
            }
        });
        for (Method method : methods) {
            if (method.getParameterCount() > 0) {
                out.operation(title(method), endpoint.url(), (connection, to) -> {
                    for (List<@Nullable String> names : NAMES) {
                        call(connection, to, method, names);
                    }
                });
            }
        }
        out.operation("large object", endpoint.url(), MetadataClient::largeObject);
        out.operation("large object that is not there", endpoint.url(), MetadataClient::noLargeObject);
        return out.text();
    }

    private static String title(Method method) {
        return method.getName() + " "
                + Arrays.stream(method.getParameterTypes())
                        .map(Class::getSimpleName)
                        .toList();
    }

    private static void call(Connection connection, JdbcTranscript out, Method method, List<@Nullable String> names)
            throws Exception {
        var arguments = new ArrayList<@Nullable Object>();
        int name = 0;
        for (Class<?> type : method.getParameterTypes()) {
            arguments.add(
                    type == String.class
                            ? names.get(name++ % names.size())
                            : type == boolean.class ? true : number(type));
        }
        out.line(method.getName() + arguments);
        try {
            Object result = method.invoke(connection.getMetaData(), arguments.toArray());
            if (result instanceof ResultSet rows) {
                out.rows(rows);
            } else if (!(result instanceof Connection)) {
                out.line(JdbcTranscript.shown(result));
            }
        } catch (InvocationTargetException e) {
            if (!(e.getCause() instanceof SQLException failure)) {
                throw new IllegalStateException(e);
            }
            out.failed(failure);
        }
    }

    private static @Nullable Object number(Class<?> type) {
        return type == int.class ? (Object) DatabaseMetaData.bestRowSession : null;
    }

    private static void largeObject(Connection connection, JdbcTranscript out) throws Exception {
        connection.setAutoCommit(false);
        LargeObjectManager manager = JdbcTranscript.own(connection).getLargeObjectAPI();
        long oid = manager.createLO(LargeObjectManager.READWRITE);
        try (LargeObject written = manager.open(oid, LargeObjectManager.READWRITE)) {
            written.write("written by JDBC ✓".getBytes(StandardCharsets.UTF_8));
            written.seek(8);
            out.line(new String(written.read(100), StandardCharsets.UTF_8));
            out.line(written.tell64() + " of " + written.size64());
            written.truncate64(7);
            written.seek64(-3, LargeObject.SEEK_END);
            out.line(new String(written.read(100), StandardCharsets.UTF_8));
        }
        try (LargeObject read = manager.open(LARGE, LargeObjectManager.READ)) {
            out.line(Arrays.hashCode(read.getInputStream().readAllBytes()) + " " + read.size());
            out.attempt(() -> read.write(new byte[] {1}));
        }
        connection.rollback();
    }

    private static void noLargeObject(Connection connection, JdbcTranscript out) throws Exception {
        connection.setAutoCommit(false);
        LargeObjectManager manager = JdbcTranscript.own(connection).getLargeObjectAPI();
        out.attempt(() -> manager.open(1L, LargeObjectManager.READ).close());
        out.attempt(() -> manager.delete(2L));
        connection.rollback();
        out.attempt(() -> manager.delete(2L));
    }
}
