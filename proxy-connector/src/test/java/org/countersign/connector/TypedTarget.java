package org.countersign.connector;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.countersign.model.command.FieldName;
import org.countersign.model.masking.MaskKind;
import org.countersign.model.policy.Glob;
import org.countersign.model.policy.Permission;
import org.countersign.model.policy.PolicySnapshot;
import org.countersign.model.policy.ResourcePattern;
import org.countersign.model.policy.RolePolicy;
import org.countersign.model.port.SessionGrant.Upstream;
import org.countersign.wire.postgres.Format;

/** A table with a column of each type, all of them classified, behind a gateway with a person for each mask. */
record TypedTarget(DemoTarget postgres, TestGateway gateway, List<TypedValues> types) implements AutoCloseable {
    static final String TABLE = "every_type";
    static final String EMPTY_TABLE = "no_type";
    private static final String HIDDEN = "hidden";

    static TypedTarget start(Path directory) throws IOException, SQLException {
        DemoTarget postgres = DemoTarget.start(directory.resolve("target"));
        postgres.renew();
        for (String definition : TypedValues.DEFINITIONS) {
            postgres.run(definition);
        }
        List<TypedValues> types = TypedValues.all(postgres);
        String declared = listed(
                types,
                type -> true,
                index -> "c" + index + " " + types.get(index).type());
        postgres.run(
                "create table " + TABLE + " (" + declared + ")",
                // COPY in binary asks for every column's binary form, whichever are copied
                "create table " + EMPTY_TABLE + " (" + declared.replace("aclitem", "text") + ")",
                "grant all on " + TABLE + ", " + EMPTY_TABLE + " to public");
        postgres.run("insert into " + TABLE + " values ("
                + listed(
                        types,
                        type -> true,
                        index -> "'" + quoted(types.get(index).one()) + "'") + "), ("
                + listed(
                        types,
                        type -> true,
                        index -> "'" + quoted(types.get(index).other()) + "'") + ")");
        var gateway = new TestGateway(postgres.upstream(), directory.resolve("journal"), 0, Optional.empty());
        gateway.core.policy = policy(postgres.upstream(), types.size());
        return new TypedTarget(postgres, gateway, types);
    }

    /** A client that sees everything under this mask. */
    RawClient signedIn(MaskKind kind) throws Exception {
        return RawClient.signedIn(gateway.port(), kind.label(), TestCore.PASSWORD);
    }

    /** The columns that this format can show. */
    String columns(Format format) {
        return listed(types, type -> format == Format.TEXT || type.binary(), index -> "c" + index);
    }

    @Override
    public void close() {
        gateway.close();
        postgres.close();
    }

    private static PolicySnapshot policy(Upstream upstream, int columns) {
        Map<FieldName, Set<String>> classes = IntStream.range(0, columns)
                .boxed()
                .collect(Collectors.toMap(
                        index -> new FieldName("public." + TABLE, "c" + index), index -> Set.of(HIDDEN)));
        var shop = TestTargets.shop(upstream, classes, Set.of("pan"));
        List<RolePolicy> roles = Stream.of(MaskKind.values())
                .map(kind -> new RolePolicy(
                        kind.label(),
                        new RolePolicy.Holders(Set.of(), Set.of(), Set.of(), Set.of(kind.label())),
                        List.of(new Permission(
                                List.of(new Glob("shop")),
                                List.of(new Glob("sql:select"), new Glob("sql:copy-out")),
                                List.of(new ResourcePattern("public." + TABLE)),
                                List.of())),
                        Map.of(HIDDEN, kind),
                        Long.MAX_VALUE))
                .toList();
        return new PolicySnapshot(8, Map.of("shop", shop), roles, List.of(), List.of());
    }

    private static String listed(List<TypedValues> types, Predicate<TypedValues> wanted, IntFunction<String> written) {
        return IntStream.range(0, types.size())
                .filter(index -> wanted.test(types.get(index)))
                .mapToObj(written)
                .collect(Collectors.joining(", "));
    }

    private static String quoted(String value) {
        return value.replace("'", "''");
    }
}
