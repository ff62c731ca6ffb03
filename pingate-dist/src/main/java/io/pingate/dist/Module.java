package io.pingate.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * A module of the build, as its pom and those above it tell it.
 *
 * @param folder where it lies
 * @param pom what its pom says
 * @param parent the module whose pom it inherits from, when there is one
 */
record Module(Path folder, Element pom, Optional<Module> parent) {
    /** A module and all below it, those of profiles too. */
    static List<Module> tree(Path folder, Optional<Module> parent) throws IOException {
        Module module = new Module(folder, parse(folder.resolve("pom.xml")), parent);
        List<Module> modules = new ArrayList<>(List.of(module));
        for (Element name : descendants(module.pom, "module")) {
            modules.addAll(tree(folder.resolve(name.getTextContent().strip()), Optional.of(module)));
        }
        return modules;
    }

    static Element parse(Path file) throws IOException {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(file.toFile())
                    .getDocumentElement();
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(file.toString(), e);
        }
    }

    /** What the pom itself says, by a path of elements like {@code properties/maven.deploy.skip}; nothing when it is blank. */
    Optional<String> own(String path) {
        return own(pom, path);
    }

    static Optional<String> own(Element start, String path) {
        Element element = start;
        for (String name : path.split("/", -1)) {
            Optional<Element> child = child(element, name);
            if (child.isEmpty()) {
                return Optional.empty();
            }
            element = child.get();
        }
        return Optional.of(element.getTextContent().strip()).filter(text -> !text.isEmpty());
    }

    /** The same, or what the nearest module above says. */
    Optional<String> inherited(String path) {
        return own(path).or(() -> parent.flatMap(above -> above.inherited(path)));
    }

    String name() {
        return own("artifactId").orElseThrow();
    }

    String packaging() {
        return own("packaging").orElse("jar");
    }

    boolean published() {
        return !inherited("properties/maven.deploy.skip").orElse("false").equals("true");
    }

    /** The pom that is published: that of the sources, unless the build wrote another. */
    Path publishedPom() {
        Path written = folder.resolve("target/" + name() + ".pom");
        return Files.exists(written) ? written : folder.resolve("pom.xml");
    }

    static List<Element> descendants(Element element, String name) {
        List<Element> found = new ArrayList<>();
        NodeList all = element.getElementsByTagName(name);
        for (int i = 0; i < all.getLength(); i++) {
            found.add((Element) all.item(i));
        }
        return found;
    }

    private static Optional<Element> child(Element element, String name) {
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child && child.getTagName().equals(name)) {
                return Optional.of(child);
            }
        }
        return Optional.empty();
    }
}
