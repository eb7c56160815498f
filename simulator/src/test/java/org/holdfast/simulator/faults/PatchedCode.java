package org.holdfast.simulator.faults;

import java.lang.classfile.AccessFlags;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.holdfast.simulator.faults.Instead.Place;

/**
 * Loads the project's classes a second time with one fault in them: the methods of a fault's class
 * that are marked {@link Instead} take the place of parts of the code under test. So a fault needs
 * neither a switch in that code nor a copy of it.
 */
final class PatchedCode extends ChangedCode {

    private final String faultName;
    private final List<Replacement> replacements;
    private final boolean[] used;

    /** One replaced thing. */
    private record Replacement(Instead what, String fault, Method method) {

        ClassDesc faultClass() {
            return ClassDesc.of(fault);
        }

        /** The type of the static method that takes the place. */
        MethodTypeDesc type() {
            return MethodTypeDesc.ofDescriptor(
                    java.lang.invoke.MethodType.methodType(
                                    method.getReturnType(), method.getParameterTypes())
                            .toMethodDescriptorString());
        }

        boolean isFor(Place place, String owner, String name) {
            return what.place() == place
                    && what.name().equals(name)
                    && what.of().getName().equals(owner);
        }

        boolean isIn(String className, String methodName) {
            return (what.in() == Object.class || what.in().getName().equals(className))
                    && (what.within().isEmpty()
                            || what.within().equals(methodName)
                            || methodName.startsWith("lambda$" + what.within() + "$"));
        }
    }

    /**
     * Prepares code with a fault.
     *
     * @param fault the class whose marked methods replace things; it may be package-private to them
     */
    PatchedCode(Class<?> fault) {
        super(fault.getClassLoader());
        this.faultName = fault.getName();
        this.replacements =
                Arrays.stream(fault.getDeclaredMethods())
                        .filter(method -> method.isAnnotationPresent(Instead.class))
                        .map(method ->
                                new Replacement(
                                        method.getAnnotation(Instead.class),
                                        fault.getName(),
                                        method))
                        .toList();
        if (replacements.stream().anyMatch(one -> !Modifier.isStatic(one.method.getModifiers()))) {
            throw new IllegalArgumentException(fault + " has a replacement that is not static");
        }
        this.used = new boolean[replacements.size()];
    }

    /** Replacements for which no place was found in the classes that were loaded. */
    List<String> unused() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < used.length; i++) {
            if (!used[i]) {
                names.add(replacements.get(i).method.getName());
            }
        }
        return names;
    }

    @Override
    byte[] change(String name, byte[] bytes) {
        return name.equals(faultName) ? openToAll(bytes) : patch(name, bytes);
    }

    /** Code in other packages calls the fault, too. */
    private static byte[] openToAll(byte[] bytes) {
        ClassFile format = ClassFile.of();
        return format.transformClass(
                format.parse(bytes),
                (builder, element) -> {
                    switch (element) {
                        case AccessFlags flags ->
                                builder.withFlags(flags.flagsMask() | ClassFile.ACC_PUBLIC);
                        case MethodModel method when isStatic(method) ->
                                builder.transformMethod(
                                        method,
                                        (one, part) -> {
                                            if (part instanceof AccessFlags flags) {
                                                one.withFlags(
                                                        flags.flagsMask() & ~ClassFile.ACC_PRIVATE
                                                                | ClassFile.ACC_PUBLIC);
                                            } else {
                                                one.with(part);
                                            }
                                        });
                        default -> builder.with(element);
                    }
                });
    }

    private byte[] patch(String className, byte[] bytes) {
        ClassFile format = ClassFile.of();
        ClassModel model = format.parse(bytes);
        if (!mayConcern(className, model)) {
            return bytes;
        }
        return format.transformClass(
                model,
                (builder, element) -> {
                    if (element instanceof MethodModel method && method.code().isPresent()) {
                        String methodName = method.methodName().stringValue();
                        builder.transformMethod(
                                method,
                                java.lang.classfile.MethodTransform.transformingCode(
                                        codeOf(className, method, methodName)));
                    } else {
                        builder.with(element);
                    }
                });
    }

    private boolean mayConcern(String className, ClassModel model) {
        for (Replacement one : replacements) {
            if (one.what.place() == Place.BODY && one.what.of().getName().equals(className)) {
                return true;
            }
        }
        for (var entry : model.constantPool()) {
            if (entry instanceof MemberRefEntry member) {
                for (Replacement one : replacements) {
                    if (one.what.name().equals(member.name().stringValue())
                            && one.what.of().getName().equals(nameOf(member.owner().asSymbol()))) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private java.lang.classfile.CodeTransform codeOf(
            String className, MethodModel method, String methodName) {
        Replacement body = find(Place.BODY, className, methodName, className, methodName);
        if (body != null && calledAs(body, method.methodTypeSymbol(), isStatic(method), method)) {
            return java.lang.classfile.CodeTransform.ofStateful(() -> new NewBody(body));
        }
        return (builder, element) -> patch(builder, element, className, methodName);
    }

    /** Bridges have the same name, but another type. */
    private static boolean calledAs(
            Replacement body, MethodTypeDesc type, boolean isStatic, MethodModel method) {
        MethodTypeDesc expected =
                isStatic
                        ? type
                        : type.insertParameterTypes(
                                0, method.parent().orElseThrow().thisClass().asSymbol());
        return body.type().equals(expected);
    }

    private static boolean isStatic(MethodModel method) {
        return (method.flags().flagsMask() & ClassFile.ACC_STATIC) != 0;
    }

    /** Calls the replacement with the method's own arguments, and forgets the rest. */
    private static final class NewBody implements java.lang.classfile.CodeTransform {
        private final Replacement body;

        NewBody(Replacement body) {
            this.body = body;
        }

        @Override
        public void accept(CodeBuilder builder, CodeElement element) {
            // The old code.
        }

        @Override
        public void atEnd(CodeBuilder builder) {
            int slot = 0;
            for (ClassDesc parameter : body.type().parameterList()) {
                TypeKind kind = TypeKind.from(parameter);
                builder.loadLocal(kind, slot);
                slot += kind.slotSize();
            }
            builder.invokestatic(body.faultClass(), body.method.getName(), body.type());
            builder.return_(TypeKind.from(body.type().returnType()));
        }
    }

    private void patch(
            CodeBuilder builder, CodeElement element, String className, String methodName) {
        switch (element) {
            case InvokeInstruction call when !call.name().equalsString("<init>") -> {
                Replacement instead =
                        find(
                                Place.CALL,
                                nameOf(call.owner().asSymbol()),
                                call.name().stringValue(),
                                className,
                                methodName);
                replaceOrKeep(builder, call, instead);
            }
            case FieldInstruction field
                    when field.opcode() == Opcode.GETFIELD
                            || field.opcode() == Opcode.GETSTATIC -> {
                Replacement instead =
                        find(
                                Place.FIELD,
                                nameOf(field.owner().asSymbol()),
                                field.name().stringValue(),
                                className,
                                methodName);
                replaceOrKeep(builder, field, instead);
            }
            case InvokeDynamicInstruction dynamic ->
                    builder.invokedynamic(withReferences(dynamic, className, methodName));
            default -> builder.with(element);
        }
    }

    private static void replaceOrKeep(
            CodeBuilder builder,
            CodeElement element,
            @org.jspecify.annotations.Nullable Replacement instead) {
        if (instead == null) {
            builder.with(element);
        } else {
            builder.invokestatic(instead.faultClass(), instead.method.getName(), instead.type());
        }
    }

    /** A lambda or method reference, with the references in it replaced. */
    private DynamicCallSiteDesc withReferences(
            InvokeDynamicInstruction dynamic, String className, String methodName) {
        ConstantDesc[] arguments = dynamic.bootstrapArgs().toArray(ConstantDesc[]::new);
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i] instanceof DirectMethodHandleDesc handle) {
                Replacement instead =
                        find(
                                Place.CALL,
                                nameOf(handle.owner()),
                                handle.methodName(),
                                className,
                                methodName);
                if (instead != null) {
                    arguments[i] =
                            MethodHandleDesc.ofMethod(
                                    DirectMethodHandleDesc.Kind.STATIC,
                                    instead.faultClass(),
                                    instead.method.getName(),
                                    instead.type());
                }
            }
        }
        return DynamicCallSiteDesc.of(
                dynamic.bootstrapMethod(),
                dynamic.name().stringValue(),
                dynamic.typeSymbol(),
                arguments);
    }

    private @org.jspecify.annotations.Nullable Replacement find(
            Place place, String owner, String name, String className, String methodName) {
        for (int i = 0; i < used.length; i++) {
            Replacement one = replacements.get(i);
            if (one.isFor(place, owner, name) && one.isIn(className, methodName)) {
                used[i] = true;
                return one;
            }
        }
        return null;
    }

    private static String nameOf(ClassDesc type) {
        String descriptor = type.descriptorString();
        return descriptor.startsWith("L")
                ? descriptor.substring(1, descriptor.length() - 1).replace('/', '.')
                : descriptor;
    }
}
