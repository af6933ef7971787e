package org.polyphony.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.polyphony.engine.plugin.PluginDescriptor;
import org.polyphony.support.settings.SettingDescription;
import org.polyphony.verify.Wording;

/// Plugins as people and programs read them.
final class PluginTable {

    private PluginTable() {}

    static void print(List<PluginDescriptor> plugins, boolean json) {
        if (json) {
            System.out.println(Tables.json(Map.of(
                    "plugins", plugins.stream().map(PluginTable::document).toList())));
            return;
        }
        var rows = new ArrayList<List<String>>();
        for (var plugin : plugins) {
            rows.add(List.of(plugin.id(), plugin.role().label(), plugin.version(), plugin.summary()));
        }
        Tables.print(List.of("id", "role", "version", "what it does"), rows);
    }

    /// @param words what a formulation is, as far as somebody says it
    static void printAlgorithms(
            Map<PluginDescriptor, Set<String>> formulations, Function<String, Optional<Wording>> words, boolean json) {
        var explained = formulations.values().stream()
                .flatMap(Set::stream)
                .distinct()
                .sorted()
                .map(words)
                .flatMap(Optional::stream)
                .toList();
        if (json) {
            var documents = new ArrayList<Map<String, Object>>();
            formulations.forEach((plugin, offered) -> {
                var document = document(plugin);
                document.put("formulations", offered);
                documents.add(document);
            });
            var document = new LinkedHashMap<String, Object>();
            document.put("plugins", documents);
            document.put(
                    "formulations",
                    explained.stream().map(PluginTable::document).toList());
            System.out.println(Tables.json(document));
            return;
        }
        var rows = new ArrayList<List<String>>();
        formulations.forEach((plugin, offered) ->
                rows.add(List.of(plugin.id(), plugin.version(), String.join(", ", offered), plugin.summary())));
        Tables.print(List.of("id", "version", "formulations", "what it does"), rows);
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
            var document = document(plugin);
            document.put(
                    "settings", settings.stream().map(PluginTable::document).toList());
            System.out.println(Tables.json(document));
            return;
        }
        System.out.println(Printable.message(
                plugin.id() + " " + plugin.version() + "  " + plugin.role().label()));
        System.out.println(Printable.message(plugin.summary()));
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

    private static void add(String prefix, SettingDescription setting, List<List<String>> rows) {
        rows.add(List.of(
                prefix + setting.name(),
                setting.type(),
                setting.required() ? "(required)" : setting.defaultText(),
                setting.description()));
        setting.nested().forEach(nested -> add(prefix + setting.name() + ".", nested, rows));
    }

    private static Map<String, Object> document(PluginDescriptor plugin) {
        var document = new LinkedHashMap<String, Object>();
        document.put("id", plugin.id());
        document.put("role", plugin.role().label());
        document.put("version", plugin.version());
        document.put("summary", plugin.summary());
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
