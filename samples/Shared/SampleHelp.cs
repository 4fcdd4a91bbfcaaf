namespace Samples;

/// <summary>The help of a sample: what it does, its options, and the environment variables that it reads.</summary>
internal static class SampleHelp
{
    /// <summary>The variables of every sample that calls the gateway when it has a key.</summary>
    public const string Environment =
        """
        Environment:
          CCAPI_API_KEY   The key of the gateway, which charges the calls. Without it, the emulator on this machine is called.
          CCAPI_BASE_URL  The address of the gateway, for use with a key. Default: https://api.ccapi.ai/v1/
        """;

    /// <summary>Writes the help when the arguments request it, in the form that System.CommandLine has.</summary>
    public static bool TryWrite(
        string[] args, string description, string usage = "[options]", params (string Name, string Description)[] options)
    {
        var isRequested = args.Any(argument => argument is "--help" or "-h" or "-?");
        if (!isRequested)
        {
            return false;
        }

        (string Name, string Description)[] rows = [.. options, ("-?, -h, --help", "Show help and usage information")];
        var width = rows.Max(row => row.Name.Length);

        Console.WriteLine($"Description:\n  {description}\n");
        Console.WriteLine($"Usage:\n  {AppDomain.CurrentDomain.FriendlyName} {usage}\n");
        Console.WriteLine("Options:");
        foreach (var (name, text) in rows)
        {
            Console.WriteLine($"  {name.PadRight(width)}  {text}");
        }

        Console.WriteLine($"\n{Environment}");
        return true;
    }
}
