package org.polyphony.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.polyphony.engine.plugin.PluginDescriptor;
import org.polyphony.engine.plugin.PluginRegistry;
import org.polyphony.engine.plugin.Role;
import org.polyphony.spi.plugin.Determinism;
import org.polyphony.support.settings.SettingDescription;
import org.polyphony.verify.Wording;

/// Plugins as people and programs read them.
final class PluginTable {

    private PluginTable() {}

    /// Plugins of jars that are not installed, by the names that say exactly which they are.
    static void print(List<PluginDescriptor> plugins, boolean json) {
        if (json) {
            System.out.println(Tables.json(Map.of(
                    "plugins", plugins.stream().map(PluginTable::declared).toList())));
            return;
        }
        var rows = new ArrayList<List<String>>();
        for (var plugin : plugins) {
            rows.add(List.of(plugin.plugin().toString(), plugin.role().label(), plugin.summary()));
        }
        Tables.print(List.of("name", "role", "what it does"), rows);
    }

    static void print(PluginRegistry installed, boolean json) {
        var plugins = installed.plugins();
        if (json) {
            var documents =
                    plugins.stream().map(plugin -> document(installed, plugin)).toList();
            System.out.println(Tables.json(Map.of("plugins", documents)));
            return;
        }
        var rows = new ArrayList<List<String>>();
        for (var plugin : plugins) {
            rows.add(List.of(installed.name(plugin), plugin.role().label(), plugin.version(), plugin.summary()));
        }
        Tables.print(List.of("name", "role", "version", "what it does"), rows);
    }

    static void printAlgorithms(PluginRegistry installed, boolean json) {
        var algorithms = installed.plugins(Role.ALGORITHM);
        var explained = algorithms.stream()
                .flatMap(plugin -> plugin.formulations().stream())
                .distinct()
                .sorted()
                .map(installed::formulation)
                .flatMap(Optional::stream)
                .toList();
        if (json) {
            var documents = new ArrayList<Map<String, Object>>();
            for (var plugin : algorithms) {
                var document = document(installed, plugin);
                document.put("formulations", plugin.formulations());
                documents.add(document);
            }
            var document = new LinkedHashMap<String, Object>();
            document.put("plugins", documents);
            document.put(
                    "formulations",
                    explained.stream().map(PluginTable::document).toList());
            System.out.println(Tables.json(document));
            return;
        }
        var rows = new ArrayList<List<String>>();
        for (var plugin : algorithms) {
            rows.add(List.of(
                    installed.name(plugin),
                    plugin.version(),
                    String.join(", ", plugin.formulations()),
                    plugin.summary()));
        }
        Tables.print(List.of("name", "version", "formulations", "what it does"), rows);
        System.out.println();
        Tables.print(
                List.of("formulation", "proved", "what is deployed"),
                explained.stream()
                        .map(wording ->
                                List.of(wording.formulation(), wording.proved() ? "yes" : "no", wording.sentence()))
                        .toList());
    }

    static void describe(PluginDescriptor plugin, List<SettingDescription> settings, boolean json) {
        if (json) {
            var document = declared(plugin);
            document.put(
                    "settings", settings.stream().map(PluginTable::document).toList());
            System.out.println(Tables.json(document));
            return;
        }
        System.out.println(Printable.message(
                plugin.id() + " " + plugin.version() + "  " + plugin.role().label()));
        System.out.println(Printable.message(plugin.summary()));
        promised(plugin.declared()).forEach(System.out::println);
        System.out.println();
        var rows = new ArrayList<List<String>>();
        for (var setting : settings) {
            add("", setting, rows);
        }
        if (rows.isEmpty()) {
            System.out.println("It has no settings.");
        } else {
            Tables.print(List.of("setting", "type", "default", "what it does"), rows);
        }
    }

    // what is worth knowing before it is used
    private static List<String> promised(PluginDescriptor.Declared declared) {
        var lines = new ArrayList<String>();
        if (declared.determinism() != Determinism.EXACT) {
            lines.add(
                    declared.determinism() == Determinism.SEEDED
                            ? "The same seed gives the same answers on one machine."
                            : "It may answer the same question otherwise another time.");
        }
        for (var need : declared.needs()) {
            lines.add(
                    switch (need) {
                        case FEATURES -> "It needs features of the candidates: a study with encoders.";
                        case HALVES -> "It is shown what the study makes of half of its judges.";
                        case NETWORK -> "It asks a service on a network: --allow-network.";
                    });
        }
        if (declared.generalises()) {
            lines.add("It answers items that it has not learned from, by their features.");
        }
        if (!declared.writes().isEmpty()) {
            lines.add(Printable.message("It writes " + String.join(", ", texts(declared.writes())) + "."));
        }
        if (!declared.reads().isEmpty()) {
            lines.add(Printable.message("It reads " + String.join(", ", texts(declared.reads())) + "."));
        }
        if (!declared.claims().isEmpty()) {
            lines.add(Printable.message("It is shown the claims " + String.join(", ", declared.claims()) + "."));
        }
        return lines;
    }

    private static List<String> texts(List<?> values) {
        return values.stream().map(String::valueOf).toList();
    }

    private static void add(String prefix, SettingDescription setting, List<List<String>> rows) {
        rows.add(List.of(
                prefix + setting.name(),
                setting.type(),
                setting.required() ? "(required)" : setting.defaultText(),
                setting.description()));
        setting.nested().forEach(nested -> add(prefix + setting.name() + ".", nested, rows));
    }

    private static Map<String, Object> declared(PluginDescriptor plugin) {
        var document = document(plugin);
        document.put("determinism", plugin.declared().determinism().name().toLowerCase(Locale.ROOT));
        document.put("writes", texts(plugin.declared().writes()));
        document.put("reads", texts(plugin.declared().reads()));
        document.put("claims", plugin.declared().claims());
        document.put("generalises", plugin.declared().generalises());
        return document;
    }

    // with the name by which the plugin is found among those installed
    private static Map<String, Object> document(PluginRegistry installed, PluginDescriptor plugin) {
        var document = document(plugin);
        document.put("name", installed.name(plugin));
        return document;
    }

    private static Map<String, Object> document(PluginDescriptor plugin) {
        var document = new LinkedHashMap<String, Object>();
        document.put("id", plugin.id());
        document.put("vendor", plugin.plugin().vendor());
        document.put("role", plugin.role().label());
        document.put("version", plugin.version());
        document.put("summary", plugin.summary());
        document.put("needs", texts(plugin.declared().needs()));
        document.put("bundle", plugin.bundle().symbolicName());
        document.put("sha256", plugin.bundle().sha256());
        return document;
    }

    private static Map<String, Object> document(Wording wording) {
        var document = new LinkedHashMap<String, Object>();
        document.put("id", wording.formulation());
        document.put("title", wording.title());
        document.put("sentence", wording.sentence());
        document.put("proved", wording.proved());
        return document;
    }

    private static Map<String, Object> document(SettingDescription setting) {
        var document = new LinkedHashMap<String, Object>();
        document.put("name", setting.name());
        document.put("type", setting.type());
        document.put("required", setting.required());
        document.put("default", setting.defaultText());
        document.put("description", setting.description());
        if (!setting.nested().isEmpty()) {
            document.put(
                    "settings",
                    setting.nested().stream().map(PluginTable::document).toList());
        }
        return document;
    }
}
