using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Samples;

/// <summary>Appends the environment variables to the help of System.CommandLine.</summary>
internal static class CommandHelp
{
    public static void AddEnvironmentHelp(this RootCommand command, string environment = SampleHelp.Environment)
    {
        var option = command.Options.OfType<HelpOption>().Single();
        option.Action = new Action((SynchronousCommandLineAction)option.Action!, environment);
    }

    private sealed class Action(SynchronousCommandLineAction help, string environment) : SynchronousCommandLineAction
    {
        // Help is shown although an argument is missing or wrong, as without this action.
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            var exitCode = help.Invoke(parseResult);
            parseResult.InvocationConfiguration.Output.WriteLine(environment);
            return exitCode;
        }
    }
}
