using System;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>A tool: its definition, and how it runs.</summary>
/// <param name="Definition">What is sent to the model.</param>
/// <param name="Bind">Reads the arguments of a call, and returns what runs the tool with them.</param>
internal sealed record ToolFunction(ChatTool Definition, ToolBinder Bind);

/// <summary>Reads the arguments of a call, and returns what runs the tool with them; null when they do not match.</summary>
/// <param name="arguments">The arguments, a JSON object.</param>
/// <param name="problem">Why they do not match; null when they do.</param>
internal delegate Func<CancellationToken, Task<string>>? ToolBinder(
    JsonElement arguments, out string? problem);
