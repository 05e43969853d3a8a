package org.countersign.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The compiled classes of every module, as the build left them. */
public final class Product {
    private static final List<String> MODULES = List.of(
            "access-model",
            "wire-codecs",
            "journal",
            "proxy-connector",
            "ejb-core",
            "web-portal",
            "web-api",
            "cli",
            "server");

    public static final JavaClasses CLASSES = read();

    private Product() {}

    private static JavaClasses read() {
        List<Path> outputs = MODULES.stream().map(Product::outputOf).toList();
        return new ClassFileImporter().importPaths(outputs);
    }

    private static Path outputOf(String module) {
        Path output =
                Path.of("..", module, "target", "classes").toAbsolutePath().normalize();
        if (!Files.isDirectory(output)) {
            throw new IllegalStateException(output + " is missing: build the module first");
        }
        return output;
    }
}
