package org.polyphony.engine.deploy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.polyphony.engine.deploy.HostFolder.Standing;
import org.polyphony.engine.deploy.HostFolder.State;
import org.polyphony.engine.plugin.BundleImage;
import org.polyphony.engine.plugin.BundleInspector;
import org.polyphony.engine.plugin.PluginDescriptor;
import org.polyphony.engine.slot.CallMeter;
import org.polyphony.engine.slot.GenerationId;
import org.polyphony.engine.slot.Swap;
import org.polyphony.engine.slot.SwapReport;
import org.polyphony.spi.error.AlignmentException;
import org.polyphony.spi.error.StandardErrorCode;
import org.polyphony.spi.plugin.Need;
import org.polyphony.spi.plugin.Plugin;

/// Puts versions of plugins into the slots of an assembly while it answers requests, and takes them back. What stands
/// in a slot is written down before requests get it, or once it has passed its watch; whatever is refused changes
/// nothing. Safe for use by many threads: changes of one slot come one after the other.
public final class PluginUpdates implements AutoCloseable {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    // of plugins that no file has settings for
    private static final String SETTINGS = "installed";
    private static final Duration COLLECTION = Duration.ofSeconds(10);
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

    private final Deployment deployment;
    private final Assembly file;
    private final HostFolder folder;
    private final BundleInspector inspector = BundleInspector.create();
    private final Map<String, Place> places = new ConcurrentHashMap<>();
    private State state;

    /// A slot, and what is done to it.
    private static final class Place {

        private final String name;
        private final Assembly assembly;
        private final boolean ofFile;
        private final String original;
        private final ReentrantLock changing = new ReentrantLock();
        private volatile @Nullable Watch watch;

        Place(String name, Assembly assembly, boolean ofFile) {
            this.name = name;
            this.assembly = assembly;
            this.ofFile = ofFile;
            this.original = assembly.image(name).sha256();
        }

        PluginDescriptor plugin() {
            return assembly.plugin(name);
        }

        Standing standing(String sha256, Optional<String> former) {
            var of = plugin();
            return new Standing(
                    sha256,
                    former,
                    ofFile
                            ? Optional.empty()
                            : Optional.of(of.role().label() + "/" + of.plugin().vendor() + "/" + of.id()));
        }
    }

    /// What stands in a slot now.
    ///
    /// @param slot its name
    /// @param plugin what fills it
    /// @param generation which of its generations that is
    /// @param ofFile whether requests call it, because the file of the host names it
    /// @param former digest of what `undo` would bring back
    /// @param meter how the calls of its generation go
    public record Filled(
            String slot,
            PluginDescriptor plugin,
            GenerationId generation,
            boolean ofFile,
            Optional<String> former,
            CallMeter meter) {}

    /// What became of an update.
    ///
    /// @param report from which version to which; back to the former one where the new one did not pass its watch
    /// @param verdict of the watch, if there was one
    public record Updated(SwapReport report, Optional<Watch.Verdict> verdict) {

        /// Whether the new version stays.
        public boolean stays() {
            return verdict.map(Watch.Verdict::passed).orElse(true);
        }
    }

    private PluginUpdates(Deployment deployment, Assembly file, HostFolder folder) {
        this.deployment = deployment;
        this.file = file;
        this.folder = folder;
        this.state = folder.read();
    }

    /// Updates of an assembly whose slots are filled and tested as its file says. What stood in them when the last host
    /// of the folder ended, however it ended, is put there again.
    ///
    /// @throws AlignmentException if that cannot be done
    public static PluginUpdates open(Deployment deployment, Assembly file, HostFolder folder) {
        var updates = new PluginUpdates(deployment, file, folder);
        try {
            file.names().forEach(name -> updates.places.put(name, new Place(name, file, true)));
            updates.restore();
            folder.forgetOthers(updates.state);
            return updates;
        } catch (RuntimeException | Error e) {
            updates.close();
            throw e;
        }
    }

    private void restore() {
        state.updated()
                .forEach((slot, standing) -> restored(slot, () -> {
                    var place = places.get(slot);
                    if (place == null) {
                        throw new AlignmentException(
                                StandardErrorCode.UNSUPPORTED,
                                "the file has no such slot any more, only " + places.keySet());
                    }
                    var image = folder.kept(standing.sha256());
                    if (!image.sha256().equals(place.plugin().bundle().sha256())) {
                        try (var swap = place.assembly.begin(slot, image, successor(place, image))) {
                            swap.flip();
                            swap.settle();
                        }
                    }
                }));
        state.installed()
                .forEach((slot, standing) -> restored(slot, () -> {
                    var image = folder.kept(standing.sha256());
                    fill(slot, image, standing.plugin());
                }));
    }

    private void restored(String slot, Runnable work) {
        try {
            work.run();
        } catch (AlignmentException e) {
            throw new AlignmentException(
                    e.code(),
                    "what stood in the slot '" + slot + "' cannot stand there again: " + e.getMessage() + "; "
                            + folder.way(),
                    e);
        }
    }

    /// What stands in every slot, those of the file first.
    public List<Filled> list() {
        var names = new ArrayList<>(file.names());
        var added = new TreeSet<>(places.keySet());
        names.forEach(added::remove);
        names.addAll(added);
        var list = new ArrayList<Filled>();
        for (var name : names) {
            var place = places.get(name);
            if (place != null) {
                list.add(new Filled(
                        name,
                        place.plugin(),
                        place.assembly.current(name),
                        place.ofFile,
                        former(place),
                        place.assembly.meter(name)));
            }
        }
        return list;
    }

    /// The versions that were stopped, replaced or refused, and are still in memory: at most until a collection of
    /// garbage comes, unless somebody holds something of them.
    ///
    /// @param collect whether to ask for collections first, which stop all requests for moments: what is left
    ///     then is held
    public List<GenerationId> former(boolean collect) {
        return deployment.lingering(collect ? COLLECTION : Duration.ZERO);
    }

    /// Puts a plugin into a slot of its own, beside those of the file: started and tested, and called by nobody until
    /// something names it. Two versions of one plugin can stand under two names.
    ///
    /// @param name of the slot
    /// @param digest that the jar must have, as `sha256:…`
    /// @param plugin which of the jar's plugins, as [PluginDescriptor#is] takes it; may be empty where it has one
    /// @throws AlignmentException if the name is taken or the plugin cannot be used: nothing has changed then
    public Filled install(String name, Path jar, Optional<String> digest, Optional<String> plugin) {
        if (!NAME.matcher(name).matches()) {
            throw new AlignmentException(
                    StandardErrorCode.SETTING_INVALID,
                    "'" + name + "' names no slot: use small letters, digits and hyphens between them");
        }
        if (places.containsKey(name)) {
            throw new AlignmentException(
                    StandardErrorCode.UNSUPPORTED,
                    "there is a slot '" + name + "'; update it, or give the new one another name with --as");
        }
        var image = inspect(jar, digest);
        var place = fill(name, image, plugin);
        place.changing.lock();
        try {
            write(place, place.standing(image.sha256(), Optional.empty()), image);
        } catch (RuntimeException | Error e) {
            places.remove(name);
            place.assembly.close();
            throw e;
        } finally {
            place.changing.unlock();
        }
        return filled(name);
    }

    private Place fill(String name, BundleImage image, Optional<String> which) {
        var plugin = chosen(image, which);
        requireNetwork(plugin);
        var assembly = deployment.assembly("installed");
        try {
            assembly.fill(name, image, plugin);
            assembly.bind(name, SETTINGS, Map.of(), name);
            assembly.test(name, SETTINGS, List.of());
            var place = new Place(name, assembly, false);
            if (places.putIfAbsent(name, place) != null) {
                throw new AlignmentException(StandardErrorCode.UNSUPPORTED, "there is a slot '" + name + "' by now");
            }
            return place;
        } catch (RuntimeException | Error e) {
            assembly.close();
            throw e;
        }
    }

    private static PluginDescriptor chosen(BundleImage image, Optional<String> which) {
        var found = image.plugins().stream()
                .filter(plugin -> which.map(plugin::is).orElse(true))
                .toList();
        if (found.size() == 1) {
            return found.getFirst();
        }
        var all = image.plugins().stream()
                .map(plugin -> plugin.role().label() + "/" + plugin.id())
                .toList();
        throw new AlignmentException(
                StandardErrorCode.UNSUPPORTED,
                image + " provides " + all
                        + which.map(name -> ", of which " + (found.isEmpty() ? "none" : "more than one")
                                        + " is called '" + name + "'; name one of them with --plugin")
                                .orElse("; a slot takes one of them, say which with --plugin"));
    }

    private void requireNetwork(PluginDescriptor plugin) {
        if (plugin.needs(Need.NETWORK) && !deployment.network()) {
            throw new AlignmentException(
                    StandardErrorCode.UNSUPPORTED,
                    plugin.title() + " asks a service on a network; start the host with --allow-network");
        }
    }

    /// Takes a slot away that [#install] has made.
    ///
    /// @throws AlignmentException if there is none, or the file names it
    public void remove(String name) {
        var place = place(name);
        if (place.ofFile) {
            throw new AlignmentException(
                    StandardErrorCode.UNSUPPORTED,
                    "the file of the host names the slot '" + name
                            + "', so requests need it; undo or update it instead");
        }
        alone(place, () -> {
            write(place, null);
            places.remove(name);
            place.assembly.close();
            return place;
        });
    }

    /// Replaces the version of the plugin in a slot by that of a jar, while requests go on: started beside the other,
    /// tested on the slot's settings, then given to new requests; the former one is stopped when its last call has
    /// ended. Its jar is kept for [#undo]. Blocking.
    ///
    /// @param digest that the jar must have, as `sha256:…`
    /// @param limits that it must keep to for a while, during which the former version stays started
    /// @param told takes a line for each step
    /// @throws AlignmentException if it is refused: nothing has changed then
    public Updated update(
            String name, Path jar, Optional<String> digest, Optional<Watch.Limits> limits, Consumer<String> told) {
        var place = place(name);
        return alone(place, () -> {
            var image = inspect(jar, digest);
            var plugin = successor(place, image);
            var former = place.assembly.image(name);
            if (former.sha256().equals(image.sha256())) {
                throw new AlignmentException(
                        StandardErrorCode.UNSUPPORTED, "this very jar stands in the slot '" + name + "' already");
            }
            return replace(
                    place, image, plugin, place.standing(image.sha256(), Optional.of(former.sha256())), limits, told);
        });
    }

    /// Brings back the version that the last update of a slot has replaced. Where that update is being watched, it ends
    /// there.
    ///
    /// @throws AlignmentException if there is nothing to bring back, or it can no longer stand there
    public GenerationId undo(String name, Consumer<String> told) {
        var place = place(name);
        var watched = place.watch;
        if (watched != null) {
            watched.end();
        }
        place.changing.lock();
        try {
            if (watched == null) {
                var former = former(place)
                        .orElseThrow(() -> new AlignmentException(
                                StandardErrorCode.UNSUPPORTED,
                                "nothing to undo: no update of the slot '" + name + "' is left to take back"));
                var image = folder.kept(former);
                var then = place.original.equals(former) ? null : place.standing(former, Optional.empty());
                replace(place, image, successor(place, image), then, Optional.empty(), told);
            }
            return place.assembly.current(name);
        } finally {
            place.changing.unlock();
        }
    }

    private Optional<String> former(Place place) {
        var now = standing();
        return Optional.ofNullable((place.ofFile ? now.updated() : now.installed()).get(place.name))
                .flatMap(Standing::former);
    }

    private Updated replace(
            Place place,
            BundleImage image,
            PluginDescriptor plugin,
            @Nullable Standing then,
            Optional<Watch.Limits> limits,
            Consumer<String> told) {
        var watch = limits.map(Watch::new);
        watch.ifPresent(of -> of.requireBaseline(place.assembly.meter(place.name)));
        try (var swap = place.assembly.begin(place.name, image, plugin)) {
            told.accept(swap.to() + " is started beside " + swap.from() + " and passed "
                    + swap.trial().goldenCalls() + " golden calls");
            var jars = new BundleImage[] {place.assembly.image(place.name), image};
            if (watch.isPresent()) {
                return watched(place, swap, watch.get(), () -> write(place, then, jars), told);
            }
            write(place, then, jars);
            swap.flip();
            told.accept("new requests get " + swap.to());
            return new Updated(settled(swap, told), Optional.empty());
        }
    }

    private static Updated watched(Place place, Swap swap, Watch watch, Runnable write, Consumer<String> told) {
        place.watch = watch;
        try {
            swap.flip();
            told.accept("new requests get " + swap.to() + ", which is watched");
            var verdict = watch.watch(swap);
            if (verdict.passed()) {
                write.run();
                return new Updated(settled(swap, told), Optional.of(verdict));
            }
            var report = swap.back();
            told.accept("new requests get " + report.to() + " again");
            return new Updated(report, Optional.of(verdict));
        } finally {
            place.watch = null;
        }
    }

    private static SwapReport settled(Swap swap, Consumer<String> told) {
        var report = swap.settle();
        told.accept(report.from() + " has drained in "
                + String.format(Locale.ROOT, "%.1f ms", report.drain().toNanos() / 1e6) + " and is stopped"
                + (report.drained() ? "" : "; calls that took too long were cancelled"));
        return report;
    }

    private BundleImage inspect(Path jar, Optional<String> digest) {
        digest.filter(given -> !DIGEST.matcher(given).matches()).ifPresent(given -> {
            throw new AlignmentException(
                    StandardErrorCode.SETTING_INVALID,
                    "'" + given + "' is no digest; write sha256: and 64 hexadecimal digits");
        });
        var image = inspector.inspect(jar);
        digest.filter(given -> !given.equals("sha256:" + image.sha256())).ifPresent(given -> {
            throw new AlignmentException(
                    StandardErrorCode.PLUGIN_REJECTED,
                    jar + " is not the jar that was meant: its digest is sha256:" + image.sha256() + ", not " + given);
        });
        return image;
    }

    // what a version must have so that it can stand where the other stands
    private PluginDescriptor successor(Place place, BundleImage image) {
        var former = place.plugin();
        var found = image.plugins().stream()
                .filter(plugin -> plugin.role() == former.role()
                        && plugin.id().equals(former.id())
                        && plugin.plugin().vendor().equals(former.plugin().vendor()))
                .findFirst();
        if (found.isEmpty()) {
            throw new AlignmentException(
                    StandardErrorCode.UNSUPPORTED,
                    "the slot '" + place.name + "' takes versions of " + former.role() + " "
                            + former.plugin().vendor() + "/" + former.id() + "; " + image + " provides "
                            + image.plugins().stream()
                                    .map(plugin -> plugin.role() + " " + plugin.plugin())
                                    .toList());
        }
        var missing = missing(place, former, found.get());
        if (!missing.isEmpty()) {
            throw new AlignmentException(
                    StandardErrorCode.UNSUPPORTED,
                    found.get().title() + " (" + image + ") cannot take the place of " + former.title() + ": "
                            + String.join("; ", missing));
        }
        return found.get();
    }

    private List<String> missing(Place place, PluginDescriptor former, PluginDescriptor next) {
        var missing = new ArrayList<String>();
        var formulations = new TreeSet<>(place.assembly.formulations(place.name));
        next.formulations().forEach(formulations::remove);
        if (!formulations.isEmpty()) {
            missing.add("it does not offer " + formulations + ", which is asked for");
        }
        var claims = new TreeSet<>(former.declared().claims());
        if (!next.declared().claims().contains(Plugin.ALL)) {
            next.declared().claims().forEach(claims::remove);
            if (!claims.isEmpty()) {
                missing.add("it would not be shown the claims " + claims + " any more, which its rules may look at");
            }
        }
        if (former.declared().generalises() && !next.declared().generalises()) {
            missing.add("it does not answer items outside its fit, as the former version does");
        }
        for (var need : next.declared().needs()) {
            if (!former.needs(need) && !(need == Need.NETWORK && deployment.network())) {
                missing.add(
                        "it needs " + need.name().toLowerCase(Locale.ROOT) + ", which the host was not started for");
            }
        }
        for (var other : places.values()) {
            var by = other.plugin();
            if (other != place && other.ofFile && former.readsOf(by) && !next.readsOf(by)) {
                missing.add("it does not open what " + by.title() + " writes");
            }
            if (other != place && other.ofFile && by.readsOf(former) && !by.readsOf(next)) {
                missing.add(by.title() + " does not open what it writes");
            }
        }
        return missing;
    }

    private Place place(String name) {
        var place = places.get(name);
        if (place == null) {
            throw new AlignmentException(
                    StandardErrorCode.UNSUPPORTED,
                    "the host has no slot '" + name + "'; it has " + new TreeSet<>(places.keySet()));
        }
        return place;
    }

    private Filled filled(String name) {
        return list().stream()
                .filter(filled -> filled.slot().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private interface Change<T> {
        T make();
    }

    private static <T> T alone(Place place, Change<T> change) {
        if (!place.changing.tryLock()) {
            throw new AlignmentException(
                    StandardErrorCode.UNSUPPORTED,
                    "the slot '" + place.name + "' is being changed" + (place.watch == null ? "" : " and watched")
                            + "; wait until that is done, or undo it");
        }
        try {
            return change.make();
        } finally {
            place.changing.unlock();
        }
    }

    private synchronized State standing() {
        return state;
    }

    // jars first: what is written down must be there
    private synchronized void write(Place place, @Nullable Standing then, BundleImage... jars) {
        for (var jar : jars) {
            folder.keep(jar);
        }
        var next = state.with(place.ofFile, place.name, then);
        folder.write(next);
        state = next;
        folder.forgetOthers(next);
    }

    /// Ends watches, so that what is being watched is undone, and empties the slots that were added. Those of the file
    /// are left to their assembly.
    @Override
    public void close() {
        for (var place : places.values()) {
            var watch = place.watch;
            if (watch != null) {
                watch.end();
            }
            place.changing.lock();
            try {
                if (!place.ofFile) {
                    place.assembly.close();
                }
            } finally {
                place.changing.unlock();
            }
        }
    }
}
