using System.IO;
using System.Runtime.InteropServices;
using System.Text;

namespace CCApi.Sdk;

/// <summary>Gives a finished file its name, at once: nobody ever sees half of it.</summary>
internal static class FileMove
{
    private const int AlreadyExists = 17;

    /// <summary>Moves over whatever file has the name.</summary>
    public static void Over(string source, string target)
    {
#if NETSTANDARD2_0
        if (File.Exists(target))
        {
            File.Replace(source, target, destinationBackupFileName: null);
            return;
        }

        File.Move(source, target);
#else
        File.Move(source, target, overwrite: true);
#endif
    }

    /// <summary>Moves only when the name is free; of two that move to the same name, one wins.</summary>
    /// <exception cref="IOException">The name is taken.</exception>
    public static void ToFreeName(string source, string target)
    {
        // On Unix, File.Move looks whether the name is free and then takes it, and overwrites what came between; a link is one step.
        if (Path.DirectorySeparatorChar != '/' || !TryLink(source, target))
        {
            File.Move(source, target);
            return;
        }

        File.Delete(source);
    }

    /// <summary>False where the file system has no links.</summary>
    private static bool TryLink(string source, string target)
    {
        if (Link(Encoding.UTF8.GetBytes(source + '\0'), Encoding.UTF8.GetBytes(target + '\0')) == 0)
        {
            return true;
        }

        if (Marshal.GetLastWin32Error() == AlreadyExists)
        {
            throw new IOException($"{target} exists.");
        }

        return false;
    }

    [DllImport("libc", EntryPoint = "link", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Link(byte[] source, byte[] target);
}
