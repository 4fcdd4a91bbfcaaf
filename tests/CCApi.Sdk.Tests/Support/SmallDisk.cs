using System;
using System.ComponentModel;
using System.Diagnostics;
using Xunit;

namespace CCApi.Sdk.Tests.Support;

/// <summary>A disk of a few kilobytes, where it can be mounted: on Linux, by root. Elsewhere the test is skipped.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public SmallDisk(int kilobytes)
    {
        if (!TryRun("mount", $"-t tmpfs -o size={kilobytes}k none {Root}"))
        {
            _folder.Dispose();
            Assert.Skip("Only root of a Linux machine can mount a small disk.");
        }
    }

    public string Root => _folder.Root;

    public string[] Files => _folder.Files;

    public void MakeReadOnly() => Assert.True(TryRun("mount", $"-o remount,ro {Root}"));

    public void Dispose()
    {
        TryRun("umount", Root);
        _folder.Dispose();
    }

    private static bool TryRun(string program, string arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
