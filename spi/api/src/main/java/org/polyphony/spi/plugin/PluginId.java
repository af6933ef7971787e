package org.polyphony.spi.plugin;

/// Which plugin of a role: written `vendor/id@version`, or shorter while it is unambiguous.
///
/// @param vendor the bundle's `Bundle-Vendor` as lower-case words joined by hyphens; [#UNNAMED] where it has none
/// @param id the name that its [Plugin] annotation gives it
/// @param version the bundle's
public record PluginId(String vendor, String id, String version) {

    /// The vendor of a bundle that names none.
    public static final String UNNAMED = "unnamed";

    /// Whether it may be called so: `id` or `vendor/id`, either with `@version`.
    public boolean is(String name) {
        return name.equals(id)
                || name.equals(vendor + "/" + id)
                || name.equals(id + "@" + version)
                || name.equals(toString());
    }

    @Override
    public String toString() {
        return vendor + "/" + id + "@" + version;
    }
}
