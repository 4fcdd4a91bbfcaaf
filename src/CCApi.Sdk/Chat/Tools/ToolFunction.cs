using System;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>A tool: its definition, and how it runs.</summary>
/// <param name="Definition">What is sent to the model.</param>
/// <param name="Bind">Reads arguments; what it returns runs the tool with them. Null with the problem when they do not match.</param>
internal sealed record ToolFunction(ChatTool Definition, ToolBinder Bind);

/// <summary>Reads the arguments of a call.</summary>
/// <param name="arguments">An object.</param>
/// <param name="problem">Why they do not match; null when they do.</param>
internal delegate Func<CancellationToken, Task<string>>? ToolBinder(
    JsonElement arguments, out string? problem);
