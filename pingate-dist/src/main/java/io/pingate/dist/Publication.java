package io.pingate.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Looks through what a build would publish for what Maven Central would refuse, and for what its users would miss. */
public final class Publication {
    private static final String SNAPSHOT = "-SNAPSHOT";

    private final String version;
    private final List<Module> modules;
    private final List<String> faults = new ArrayList<>();

    private Publication(Path root, String version) throws IOException {
        this.version = version;
        this.modules = Module.tree(root, Optional.empty());
    }

    /**
     * Checks it.
     *
     * @param args the repository, the version
     * @throws IOException when something is wrong, with all of it
     */
    public static void main(String[] args) throws IOException {
        Path root = Path.of(args[0]).toRealPath();
        Publication publication = new Publication(root, args[1]);
        publication.check();
        publication.faults.addAll(
                BillOfMaterials.faults(root.resolve("pingate-jetty-standalone/target/pingate.cdx.json")));
        if (!publication.faults.isEmpty()) {
            throw new IOException("not to be published:\n  " + String.join("\n  ", publication.faults));
        }
    }

    private void check() throws IOException {
        for (Module module : modules) {
            if (module.published()) {
                checkPom(module);
                checkFiles(module);
            }
        }
        checkSignatures();
        checkBom();
        checkTexts();
    }

    private void checkPom(Module module) throws IOException {
        for (String path : List.of("name", "description")) {
            require(module, module.own(path).isPresent(), "its pom has no " + path + " of its own");
        }
        for (String path : List.of(
                "url",
                "licenses/license/name",
                "licenses/license/url",
                "developers/developer/name",
                "organization/name",
                "scm/connection",
                "scm/developerConnection",
                "scm/url",
                "issueManagement/url")) {
            require(module, module.inherited(path).isPresent(), "neither its pom nor one above it has " + path);
        }
        String stated = module.inherited("version").orElse("");
        require(
                module,
                stated.equals(version) || module.inherited("parent/version").equals(Optional.of(version)),
                "its version isn't " + version);
        if (!version.endsWith(SNAPSHOT)) {
            String pom = Files.readString(module.publishedPom());
            require(module, !pom.contains(SNAPSHOT), "its pom names a snapshot");
        }
    }

    private void checkFiles(Module module) throws IOException {
        if (module.packaging().equals("pom")) {
            return;
        }
        checkJar(module, ".jar", "META-INF/LICENSE"::equals);
        checkJar(module, ".jar", name -> name.endsWith(".class"));
        checkJar(module, "-sources.jar", name -> name.endsWith(".java"));
        checkJar(module, "-javadoc.jar", "index.html"::equals);
    }

    private void checkJar(Module module, String suffix, Predicate<String> held) throws IOException {
        Path file = file(module, suffix);
        require(module, Files.exists(file), "it has no " + file.getFileName());
        if (Files.exists(file)) {
            try (ZipFile jar = new ZipFile(file.toFile())) {
                boolean holds = jar.stream().map(ZipEntry::getName).anyMatch(held);
                require(module, holds, file.getFileName() + " lacks what it is for");
            }
        }
    }

    private Path file(Module module, String suffix) {
        return module.folder().resolve("target/" + module.name() + "-" + version + suffix);
    }

    /** All of them or none: a bundle of which parts are signed is refused when it is too late. */
    private void checkSignatures() throws IOException {
        Set<String> signed = new TreeSet<>();
        Set<String> unsigned = new TreeSet<>();
        for (Module module : modules) {
            if (module.published() && !module.packaging().equals("pom")) {
                for (String suffix : List.of(".jar", "-sources.jar", "-javadoc.jar")) {
                    Path file = file(module, suffix);
                    boolean has = Files.exists(file.resolveSibling(file.getFileName() + ".asc"));
                    (has ? signed : unsigned).add(file.getFileName().toString());
                }
            }
        }
        if (!signed.isEmpty() && !unsigned.isEmpty()) {
            faults.add("signed are only some, and not " + unsigned);
        }
    }

    /** What the BOM names is what is published; while it is a snapshot, it may name what isn't there yet. */
    private void checkBom() throws IOException {
        Set<String> jars = modules.stream()
                .filter(Module::published)
                .filter(module -> module.packaging().equals("jar"))
                .map(Module::name)
                .collect(Collectors.toCollection(TreeSet::new));
        Module bom = modules.stream()
                .filter(module -> module.name().equals("pingate-bom"))
                .findFirst()
                .orElseThrow();
        Set<String> named = new TreeSet<>();
        for (var dependency : Module.descendants(Module.parse(bom.publishedPom()), "dependency")) {
            named.add(Module.own(dependency, "artifactId").orElse(""));
        }
        require(bom, named.containsAll(jars), "it names only " + named + " of " + jars);
        if (!version.endsWith(SNAPSHOT)) {
            require(
                    bom,
                    jars.containsAll(named),
                    "it names " + named + ", and of these only " + jars + " are published");
        }
        String text = Files.readString(bom.publishedPom());
        require(bom, !text.contains("<parent>"), "its pom has a parent, whose versions an import would bring along");
    }

    /** What is written by hand of a version. */
    private void checkTexts() throws IOException {
        if (!version.endsWith(SNAPSHOT)) {
            Module root = modules.get(0);
            String readme = Files.readString(root.folder().resolve("README.md"));
            require(root, readme.contains("<version>" + version + "</version>"), "README.md names another version");
            String changes = Files.readString(root.folder().resolve("CHANGELOG.md"));
            require(root, changes.contains("## [" + version + "]"), "CHANGELOG.md has nothing on " + version);
        }
    }

    private void require(Module module, boolean holds, String fault) {
        if (!holds) {
            faults.add(module.name() + ": " + fault);
        }
    }
}
