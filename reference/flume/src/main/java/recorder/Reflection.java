package recorder;

import java.lang.reflect.Field;
import java.lang.reflect.Method;

/** What an engine keeps private: read, never changed, except for its clocks. */
final class Reflection {
  private Reflection() {}

  static Object field(Object owner, String name) throws ReflectiveOperationException {
    return find(owner.getClass(), name).get(owner);
  }

  static Field find(Class<?> start, String name) throws NoSuchFieldException {
    for (Class<?> owner = start; owner != null; owner = owner.getSuperclass()) {
      try {
        Field found = owner.getDeclaredField(name);
        found.setAccessible(true);
        return found;
      } catch (NoSuchFieldException notHere) {
        // Perhaps its superclass has it.
      }
    }
    throw new NoSuchFieldException(name);
  }

  /** Calls the method of that name that takes as many arguments. */
  static Object call(Object owner, String name, Object... arguments)
      throws ReflectiveOperationException {
    for (Method method : owner.getClass().getDeclaredMethods()) {
      if (method.getName().equals(name) && method.getParameterCount() == arguments.length) {
        method.setAccessible(true);
        return method.invoke(owner, arguments);
      }
    }
    throw new NoSuchMethodException(name);
  }
}
