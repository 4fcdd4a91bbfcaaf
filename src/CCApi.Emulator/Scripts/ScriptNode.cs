using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace CCApi.Emulator;

/// <summary>A value of a script file that knows where it stands, so that every error names the line and the member.</summary>
internal readonly struct ScriptNode
{
    private static readonly JsonReaderOptions _readerOptions = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    private static readonly JsonDocumentOptions _documentOptions = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        AllowDuplicateProperties = false,
    };

    private readonly string _file;
    private readonly string _path;
    private readonly ReadOnlyMemory<byte> _json;

    private ScriptNode(JsonElement element, string file, string path, ReadOnlyMemory<byte> json)
    {
        Element = element;
        _file = file;
        _path = path;
        _json = json;
    }

    public JsonElement Element { get; }

    public bool IsObject => Element.ValueKind == JsonValueKind.Object;

    /// <summary>Parses a file.</summary>
    /// <exception cref="EmulatorScriptException">It is not JSON.</exception>
    public static ScriptNode Parse(byte[] json, string file)
    {
        if (!JsonBounds.AreWithin(json))
        {
            throw new EmulatorScriptException(FormattableString.Invariant(
                $"{file}: it has more than {JsonBounds.MaxValues} JSON values, of which an object counts as six."));
        }

        try
        {
            ReadOnlySpan<byte> byteOrderMark = [0xEF, 0xBB, 0xBF];
            var text = json.AsMemory(json.AsSpan().StartsWith(byteOrderMark) ? byteOrderMark.Length : 0);
            using var document = JsonDocument.Parse(text, _documentOptions);

            return new ScriptNode(document.RootElement.Clone(), file, string.Empty, text);
        }
        catch (InvalidOperationException exception)
        {
            throw new EmulatorScriptException(
                $"{file}: a name is not Unicode text: half of a surrogate pair, or bytes that are not UTF-8.", exception);
        }
        catch (JsonException exception)
        {
            var place = exception.LineNumber is { } line ? FormattableString.Invariant($"({line + 1})") : string.Empty;
            throw new EmulatorScriptException(
                $"{file}{place}: this is not valid JSON: {exception.Message}", exception);
        }
    }

    /// <summary>Whether a member is there and not null.</summary>
    public bool Has(string name) => Member(name) is not null;

    public ScriptNode? Member(string name)
    {
        var isThere = IsObject
            && Element.TryGetProperty(name, out var value)
            && value.ValueKind != JsonValueKind.Null;
        if (isThere)
        {
            return At(Element.GetProperty(name), PathOf(_path, name));
        }

        return null;
    }

    public string? Text(string name) => Member(name)?.AsText();

    public string AsText()
    {
        if (Element.ValueKind != JsonValueKind.String)
        {
            throw Error("must be a text");
        }

        return Read(static element => element.GetString()!);
    }

    /// <summary>The JSON of the value as it was written.</summary>
    public string AsJson() => Read(static element => element.GetRawText());

    private string Read(Func<JsonElement, string> read)
    {
        try
        {
            return read(Element);
        }
        catch (InvalidOperationException exception)
        {
            throw Error("is not Unicode text: half of a surrogate pair, or bytes that are not UTF-8", exception);
        }
    }

    public bool? Boolean(string name)
    {
        if (Member(name) is not { } node)
        {
            return null;
        }

        return node.Element.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => throw node.Error("must be true or false"),
        };
    }

    public int? Integer(string name, int least, int most)
    {
        if (Member(name) is not { } node)
        {
            return null;
        }

        var number = 0;
        var isInteger = node.Element.ValueKind == JsonValueKind.Number && node.Element.TryGetInt32(out number);
        var isInRange = number >= least && number <= most;
        if (!isInteger || !isInRange)
        {
            throw node.Error(FormattableString.Invariant($"must be a whole number from {least} to {most}"));
        }

        return number;
    }

    public decimal? Number(string name, decimal least, decimal most)
    {
        if (Member(name) is not { } node)
        {
            return null;
        }

        var number = 0m;
        var isNumber = node.Element.ValueKind == JsonValueKind.Number && node.Element.TryGetDecimal(out number);
        if (!isNumber || number < least)
        {
            throw node.Error(FormattableString.Invariant($"must be a number of at least {least}"));
        }

        if (number > most)
        {
            throw node.Error(FormattableString.Invariant($"must be a number of at most {most}"));
        }

        return number;
    }

    /// <summary>A point in time, as RFC 3339 writes it.</summary>
    public DateTimeOffset? Instant(string name)
    {
        if (Member(name) is not { } node)
        {
            return null;
        }

        var hasInstant = node.Element.ValueKind == JsonValueKind.String && node.Element.TryGetDateTimeOffset(out _);
        if (!hasInstant)
        {
            throw node.Error("must be a time such as 2026-12-31T23:59:59Z");
        }

        return node.Element.GetDateTimeOffset();
    }

    /// <summary>A delay, written in milliseconds, as long as timers take.</summary>
    public TimeSpan? Delay(string name) => Duration(name, EmulatorBounds.MaxDelay);

    /// <summary>A duration, written in milliseconds.</summary>
    public TimeSpan? Duration(string name, TimeSpan most)
    {
        if (Number(name, 0, (decimal)most.TotalMilliseconds) is { } number)
        {
            return TimeSpan.FromMilliseconds((double)number);
        }

        return null;
    }

    /// <summary>A <c>Retry-After</c> in seconds.</summary>
    public TimeSpan? RetryAfter(string name)
    {
        if (Number(name, 0, EmulatorBounds.MaxRetryAfter) is { } seconds)
        {
            return TimeSpan.FromSeconds((double)seconds);
        }

        return null;
    }

    /// <summary>A media type, which becomes a header.</summary>
    public string? MediaType(string name)
    {
        if (Member(name) is not { } node)
        {
            return null;
        }

        var text = node.AsText();
        if (!HeaderText.IsValue(text))
        {
            throw node.Error("has a character that a header cannot have");
        }

        return text;
    }

    /// <summary>The items of a list; a single object counts as a list of one.</summary>
    public IReadOnlyList<ScriptNode> Items(string name)
    {
        if (Member(name) is not { } node)
        {
            return [];
        }

        var path = node._path;
        var self = this;
        if (node.Element.ValueKind == JsonValueKind.Array)
        {
            var items = node.Element.EnumerateArray();
            return [.. items.Select((item, index) => self.At(item, FormattableString.Invariant($"{path}[{index}]")))];
        }

        return [node];
    }

    /// <summary>The members of an object.</summary>
    public IEnumerable<(string Name, ScriptNode Value)> Members()
    {
        var self = this;
        var path = _path;
        if (!IsObject)
        {
            throw Error("must be an object");
        }

        return Element.EnumerateObject().Select(member => (member.Name, self.At(member.Value, PathOf(path, member.Name))));
    }

    /// <exception cref="EmulatorScriptException">It is not an object, or has a member that is not known.</exception>
    public void CheckMembers(params ReadOnlySpan<string> known)
    {
        foreach (var (name, value) in Members())
        {
            if (!known.Contains(name))
            {
                throw value.Error($"is not a known member; known are {string.Join(", ", known.ToArray())}");
            }
        }
    }

    public EmulatorScriptException Error(string problem, Exception? cause = null)
    {
        var line = LineOf(_path, _json.Span);
        var member = _path.Length == 0 ? "the script" : _path;

        return new EmulatorScriptException(
            FormattableString.Invariant($"{_file}({line}): {member} {problem}."), cause);
    }

    private ScriptNode At(JsonElement element, string path) => new(element, _file, path, _json);

    private static string PathOf(string parent, string name)
    {
        if (parent.Length == 0)
        {
            return name;
        }

        return $"{parent}.{name}";
    }

    /// <summary>The line on which the value of a path begins.</summary>
    /// <remarks>
    /// It is found when there is an error; a list of all lines would take a multiple of a large script. Each container that is open
    /// knows how much of the path it matches, so that no path is built.
    /// </remarks>
    private static int LineOf(string wanted, ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, _readerOptions);
        var (line, position) = (1, 0);

        var open = new Stack<(int Matched, int Index)>();
        var name = string.Empty;

        while (reader.Read())
        {
            line += json[position..(int)reader.TokenStartIndex].Count((byte)'\n');
            position = (int)reader.TokenStartIndex;

            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    name = reader.GetString()!;
                    continue;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    open.Pop();
                    continue;
            }

            var matched = NextMatched(open, name, wanted);
            if (matched == wanted.Length)
            {
                return line;
            }

            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                open.Push((matched, reader.TokenType == JsonTokenType.StartArray ? 0 : -1));
            }
        }

        return 1;
    }

    /// <summary>
    /// How many characters of the path the value that begins matches, -1 for none. An index of -1 marks an object, other numbers
    /// count the items of a list.
    /// </summary>
    private static int NextMatched(Stack<(int Matched, int Index)> open, string name, string wanted)
    {
        if (!open.TryPop(out var parent))
        {
            return 0;
        }

        var isObject = parent.Index < 0;
        open.Push(isObject ? parent : parent with { Index = parent.Index + 1 });
        if (parent.Matched < 0)
        {
            return -1;
        }

        var start = parent.Matched;
        if (!isObject)
        {
            return MatchedBy(FormattableString.Invariant($"[{parent.Index}]"), wanted, start);
        }

        if (start > 0)
        {
            start = MatchedBy(".", wanted, start);
        }

        return start < 0 ? -1 : MatchedBy(name, wanted, start);
    }

    /// <summary>The end of a part of the path at a place; -1 when something else is there.</summary>
    private static int MatchedBy(string part, string wanted, int start)
    {
        if (wanted.AsSpan(start).StartsWith(part, StringComparison.Ordinal))
        {
            return start + part.Length;
        }

        return -1;
    }
}
