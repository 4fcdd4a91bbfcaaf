using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

/// <summary>What the emulator writes into the log of its resource.</summary>
internal static partial class EmulatorLog
{
    [LoggerMessage(EventId = 1, EventName = "Text", Level = LogLevel.Information, Message = "{Text}")]
    public static partial void Text(ILogger logger, string text);
}
