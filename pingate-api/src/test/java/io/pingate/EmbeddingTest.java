package io.pingate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples for embedders, of docs/embedding.md and of the package's Javadoc: they compile, and do what they say. */
class EmbeddingTest {
    private static final String IMPORTS = "import io.pingate.*; import io.pingate.http.*; import java.time.Instant;\n";

    @TempDir
    Path classes;

    @Test
    void example_of_the_documentation_runs() throws Exception {
        String page = Files.readString(Path.of("..", "docs", "embedding.md"));
        String section = page.substring(page.indexOf("\n## Embed the core\n"));
        String code = section.substring(section.indexOf("```java\n") + 8, section.indexOf("\n```\n"));

        Class<?> example =
                compile("Example", "public class Example implements Runnable { public void run() {" + code + "\n}}");

        ((Runnable) example.getConstructor().newInstance()).run();
    }

    @Test
    void example_of_the_package_runs() throws Exception {
        String source = Files.readString(Path.of("src/main/java/io/pingate/package-info.java"));
        String code = source.substring(source.indexOf("{@code\n") + 7, source.indexOf("\n * }</pre>"))
                .replaceAll("(?m)^ \\* ?", "");

        Class<?> gatekeeper = compile("Gatekeeper", code);

        Constructor<?> constructor = gatekeeper.getDeclaredConstructor();
        constructor.setAccessible(true);
        Method answer = gatekeeper.getDeclaredMethod("answer", GateRequest.class, String.class);
        answer.setAccessible(true);
        Object keeper = constructor.newInstance();
        assertEquals(
                "303 Location: /pin?next=/a",
                answer.invoke(keeper, Requests.page("/a").build(), ""));
        assertEquals("401 the form again", answer.invoke(keeper, Requests.form().build(), "pin=1"));
        assertEquals(
                "303 Location: /a Set-Cookie: pingate=",
                ((String) answer.invoke(keeper, Requests.form().build(), "pin=73914625&next=/a")).substring(0, 37));
    }

    private Class<?> compile(String name, String code) throws IOException, ReflectiveOperationException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        assertNotNull(compiler, "these tests need a JDK");
        DiagnosticCollector<JavaFileObject> faults = new DiagnosticCollector<>();
        String classPath = Path.of(PinGate.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())
                .toString();
        List<String> options = List.of("-proc:none", "-cp", classPath, "-d", classes.toString());
        boolean compiles = compiler.getTask(null, null, faults, options, null, List.of(new Source(name, code)))
                .call();
        assertEquals(List.of(), faults.getDiagnostics(), name);
        assertTrue(compiles, name);
        URLClassLoader loader = new URLClassLoader(
                new URL[] {classes.toUri().toURL()}, getClass().getClassLoader());
        loader.setDefaultAssertionStatus(true);
        return loader.loadClass(name);
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String code;

        Source(String name, String code) {
            super(URI.create("string:///" + name + ".java"), Kind.SOURCE);
            this.code = IMPORTS + code;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return code;
        }
    }
}
