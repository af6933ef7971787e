package org.polyphony.engine.plugin;

import java.lang.System.Logger.Level;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.nio.charset.StandardCharsets;
import org.osgi.framework.hooks.weaving.WeavingHook;
import org.osgi.framework.hooks.weaving.WovenClass;

/// Lets a plugin that would end the process fail instead, so that the other plugins' results are kept: where its
/// classes call `System.exit`, `Runtime.exit` or `Runtime.halt`, they throw a `SecurityException`.
///
/// Written for mistakes, such as a command-line tool that became a plugin. Reflection and native code get past it.
final class ExitGuard implements WeavingHook {

    private static final String HELPER = "polyphony$exit";
    private static final ClassDesc THROWN = ClassDesc.of(SecurityException.class.getName());
    private static final MethodTypeDesc OF_SYSTEM = MethodTypeDesc.ofDescriptor("(I)V");
    private static final MethodTypeDesc OF_RUNTIME = MethodTypeDesc.ofDescriptor("(Ljava/lang/Runtime;I)V");
    private static final int FLAGS = ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC;

    // as a class file holds them: tag, length, text
    private static final byte[][] NAMES = {constant("exit"), constant("halt")};

    @Override
    public void weave(WovenClass woven) {
        var bytes = woven.getBytes();
        if (!mentionsEnd(bytes)) {
            return;
        }
        try {
            woven.setBytes(guarded(bytes, woven.getBundleWiring().getClassLoader()));
        } catch (RuntimeException e) {
            // as it was: the start script still tells its end from success
            System.getLogger(ExitGuard.class.getName())
                    .log(Level.DEBUG, "the class " + woven.getClassName() + " cannot be guarded", e);
        }
    }

    /// The class with its calls that end the process replaced.
    ///
    /// @param loader finds the classes that it refers to
    static byte[] guarded(byte[] bytes, ClassLoader loader) {
        var resolver =
                ClassHierarchyResolver.ofResourceParsing(loader).orElse(ClassHierarchyResolver.defaultResolver());
        var file = ClassFile.of(ClassHierarchyResolverOption.of(resolver));
        var model = file.parse(bytes);
        var owner = model.thisClass().asSymbol();
        boolean isInterface = model.flags().has(AccessFlag.INTERFACE);
        var calls = ClassTransform.transformingMethodBodies((code, element) -> {
            if (element instanceof InvokeInstruction call && ends(call)) {
                var type = call.opcode() == Opcode.INVOKESTATIC ? OF_SYSTEM : OF_RUNTIME;
                code.invokestatic(owner, HELPER, type, isInterface);
            } else {
                code.with(element);
            }
        });
        return file.transformClass(model, calls.andThen(ClassTransform.endHandler(type -> {
            type.withMethodBody(
                    HELPER,
                    OF_SYSTEM,
                    FLAGS,
                    code -> code.new_(THROWN)
                            .dup()
                            .loadConstant("a plugin may not end the process")
                            .invokespecial(
                                    THROWN,
                                    ConstantDescs.INIT_NAME,
                                    MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_String))
                            .athrow());
            type.withMethodBody(
                    HELPER,
                    OF_RUNTIME,
                    FLAGS,
                    code -> code.iload(1)
                            .invokestatic(owner, HELPER, OF_SYSTEM, isInterface)
                            .return_());
        })));
    }

    private static boolean ends(InvokeInstruction call) {
        var name = call.name().stringValue();
        return call.type().equalsString("(I)V")
                && switch (call.owner().asInternalName()) {
                    case "java/lang/System" -> name.equals("exit");
                    case "java/lang/Runtime" -> name.equals("exit") || name.equals("halt");
                    default -> false;
                };
    }

    // few classes have a constant of these names: the others are not even parsed
    private static boolean mentionsEnd(byte[] bytes) {
        for (int at = 0; at + NAMES[0].length <= bytes.length; at++) {
            for (var name : NAMES) {
                int n = 0;
                while (n < name.length && bytes[at + n] == name[n]) {
                    n++;
                }
                if (n == name.length) {
                    return true;
                }
            }
        }
        return false;
    }

    private static byte[] constant(String text) {
        return ("\u0001\u0000" + (char) text.length() + text).getBytes(StandardCharsets.ISO_8859_1);
    }
}
