using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CCApi.Emulator;

/// <summary>What the members of an object of a request must be, in the order in which they are checked. Null counts as missing.</summary>
internal sealed class MemberRules
{
    private readonly List<(string Name, Func<JsonNode, bool> IsValid, string Requirement)> _rules = [];

    public MemberRules Texts(params ReadOnlySpan<string> names) => Each(names, IsText, "a text");

    public MemberRules Flags(params ReadOnlySpan<string> names) => Each(names, IsFlag, "true or false");

    public MemberRules Objects(params ReadOnlySpan<string> names) => Each(names, node => node is JsonObject, "an object");

    public MemberRules Number(string name, double least, double most) => Member(
        name,
        node => IsWithin(node, least, most),
        FormattableString.Invariant($"a number from {least} to {most}"));

    public MemberRules Integer(string name, long least, long most) => Member(
        name,
        node => IsIntegerWithin(node, least, most),
        FormattableString.Invariant($"a whole number from {least} to {most}"));

    public MemberRules OneOf(string name, params string[] values) =>
        Member(name, node => IsOneOf(node, values), $"one of {string.Join(", ", values)}");

    public MemberRules Member(string name, Func<JsonNode, bool> isValid, string requirement)
    {
        _rules.Add((name, isValid, requirement));
        return this;
    }

    /// <summary>The error of the first member that is not what it must be; null when all are.</summary>
    /// <param name="body">The object.</param>
    /// <param name="path">Where it is in the request, with a period at its end; empty for the request itself.</param>
    public GatewayResponse? ProblemOf(JsonObject body, string path = "")
    {
        foreach (var (name, isValid, requirement) in _rules)
        {
            if (body[name] is { } node && !isValid(node))
            {
                return GatewayErrors.Invalid($"{path}{name} must be {requirement}.", $"{path}{name}");
            }
        }

        return null;
    }

    public static bool IsText(JsonNode? node) => node?.GetValueKind() == JsonValueKind.String;

    public static bool IsOneOf(JsonNode? node, string[] values) => IsText(node) && values.Contains(node!.GetValue<string>());

    private static bool IsFlag(JsonNode node) => node.GetValueKind() is JsonValueKind.True or JsonValueKind.False;

    private static bool IsWithin(JsonNode node, double least, double most)
    {
        if (node.GetValueKind() != JsonValueKind.Number)
        {
            return false;
        }

        var number = node.GetValue<double>();

        return number >= least && number <= most;
    }

    private static bool IsIntegerWithin(JsonNode node, long least, long most) =>
        node.AsInteger() is { } number && number >= least && number <= most;

    private MemberRules Each(ReadOnlySpan<string> names, Func<JsonNode, bool> isValid, string requirement)
    {
        foreach (var name in names)
        {
            Member(name, isValid, requirement);
        }

        return this;
    }
}
