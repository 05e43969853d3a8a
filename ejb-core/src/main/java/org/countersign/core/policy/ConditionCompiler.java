package org.countersign.core.policy;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.CelVariableResolver;
import java.util.Optional;
import org.countersign.model.policy.Condition;

/**
 * Compiles the CEL of {@code when} and checks its types. Expressions, their nesting and the rounds of their loops are
 * bounded, so an evaluation ends soon.
 *
 * @see <a href="https://github.com/google/cel-spec/blob/master/doc/langdef.md">The language</a>
 */
final class ConditionCompiler {
    private static final int MAX_CHARACTERS = 2_000;
    private static final int MAX_DEPTH = 40;
    private static final int MAX_ROUNDS = 10_000;

    private final CelCompiler compiler;
    private final CelRuntime runtime;

    ConditionCompiler() {
        CelOptions options = CelOptions.current()
                .maxExpressionCodePointSize(MAX_CHARACTERS)
                .maxParseRecursionDepth(MAX_DEPTH)
                .comprehensionMaxIterations(MAX_ROUNDS)
                .enableHeterogeneousNumericComparisons(true)
                .build();
        CelCompilerBuilder declared = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(options)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .setResultType(SimpleType.BOOL);
        ConditionVariables.ALL.forEach((name, variable) -> declared.addVar(name, variable.type()));
        this.compiler = declared.build();
        this.runtime =
                CelRuntimeFactory.plannerRuntimeBuilder().setOptions(options).build();
    }

    /** What is wrong with the expression becomes a problem where it stands. */
    Condition compile(Value value) {
        String expression = value.written();
        if (expression.length() > MAX_CHARACTERS) {
            value.problem("the condition has " + expression.length() + " characters, limit " + MAX_CHARACTERS);
            return situation -> true;
        }
        try {
            CelAbstractSyntaxTree tree = compiler.compile(expression).getAst();
            return new CelCondition(runtime.createProgram(tree));
        } catch (CelValidationException e) {
            e.getErrors().forEach(issue -> value.problem(said(issue)));
        } catch (CelEvaluationException | RuntimeException | StackOverflowError e) {
            value.problem("the condition cannot be compiled");
        }
        return situation -> true;
    }

    private static String said(CelIssue issue) {
        String names = issue.getMessage().contains("undeclared reference")
                ? "; allowed: "
                        + String.join(
                                ", ",
                                ConditionVariables.ALL.keySet().stream()
                                        .sorted()
                                        .toList())
                : "";
        return "the condition is wrong at line " + issue.getSourceLocation().getLine() + ", character "
                + (issue.getSourceLocation().getColumn() + 1) + ": " + issue.getMessage() + names;
    }

    private record CelCondition(CelRuntime.Program program) implements Condition {
        @Override
        public boolean matches(Situation situation) throws ConditionFailedException {
            CelVariableResolver values = name -> Optional.ofNullable(ConditionVariables.ALL.get(name))
                    .map(variable -> variable.value().apply(situation));
            try {
                return (Boolean) program.eval(values);
            } catch (CelEvaluationException | RuntimeException | StackOverflowError e) {
                throw new ConditionFailedException("the condition has no answer", e);
            }
        }
    }
}
