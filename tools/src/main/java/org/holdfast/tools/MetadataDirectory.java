package org.holdfast.tools;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.holdfast.cib.document.Element;
import org.holdfast.cibxml.XmlParser;
import org.holdfast.cibxml.XmlSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Agents known by a directory of their descriptions, for preparing a configuration on a machine
 * that has no agents: {@code ocf__heartbeat__IPaddr2.xml}, {@code systemd__httpd.xml}, and below
 * {@code options} the cluster's own {@code cluster.xml}, {@code primitive.xml} and {@code
 * fencing.xml}.
 */
public final class MetadataDirectory implements AgentCatalog {

    private static final String SEPARATOR = "__";
    private static final String SUFFIX = ".xml";

    private final FileAccess files;
    private final String directory;

    /** The descriptions in a directory. */
    public MetadataDirectory(FileAccess files, String directory) {
        this.files = files;
        this.directory = directory;
    }

    @Override
    public @Nullable Element metadata(String standard, String provider, String type) {
        if (type.contains("/") || provider.contains("/")) {
            return null;
        }
        String name =
                standard.equals("holdfast")
                        ? "options/" + type
                        : standard
                                + SEPARATOR
                                + (provider.isEmpty() ? "" : provider + SEPARATOR)
                                + type.replace(":", SEPARATOR);
        try {
            Element root = XmlParser.parse(files.read(directory + "/" + name + SUFFIX));
            Element inner = root.first("resource-agent");
            return inner == null ? root : inner;
        } catch (IOException | XmlSyntaxException e) {
            return null;
        }
    }

    @Override
    public List<String> types(String standard, String provider) {
        String prefix = standard + SEPARATOR + (provider.isEmpty() ? "" : provider + SEPARATOR);
        List<String> found = new ArrayList<>();
        for (String name : names()) {
            if (name.startsWith(prefix)) {
                found.add(name.substring(prefix.length()));
            }
        }
        return found;
    }

    @Override
    public List<String> ocfProviders() {
        Set<String> providers = new TreeSet<>();
        for (String name : names()) {
            String[] parts = name.split(SEPARATOR, 3);
            if (parts.length == 3 && parts[0].equals("ocf")) {
                providers.add(parts[1]);
            }
        }
        return List.copyOf(providers);
    }

    private List<String> names() {
        try {
            return files.list(directory).stream()
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
