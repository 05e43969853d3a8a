package org.countersign.connector;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A static field of a test class that is filled before its own {@code @BeforeAll}: with a {@link DemoTarget}, a
 * {@link TestGateway} in front of it, or the {@link Comparison} of the two. What it holds is closed when the class is done.
 */
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(StartedParts.class)
@interface Started {
    /** Whether the class gets a server to itself, because it kills it or changes more of it than the database. */
    boolean alone() default false;
}
