using System;
using System.Collections.Generic;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace CCApi.Sdk.Json;

/// <summary>
/// The lenient reading of one value, whatever its JSON type. Before, the reader is on the first token of the value; after, on its
/// last one. A value of an unreadable type gives null and leaves the reader on its first token, so that the caller can keep the
/// value or skip it. Only malformed JSON throws.
/// </summary>
internal static class JsonRead
{
    /// <summary>
    /// How deeply objects and arrays may nest. Reading is not recursive, so depth costs nothing; the limit of the platform, 64,
    /// would lose a whole response.
    /// </summary>
    public const int MaxDepth = 1000;

    private static readonly JsonReaderOptions _options = new() { MaxDepth = MaxDepth };

    public delegate T? ReadClass<T>(ref Utf8JsonReader reader) where T : class;

    public delegate T? ReadStruct<T>(ref Utf8JsonReader reader) where T : struct;

    /// <summary>Creates the reader of a whole document.</summary>
    /// <remarks>Inlined, because the reader is a large structure, which would be copied.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Utf8JsonReader Of(ReadOnlySpan<byte> json) => new(json, _options);

    /// <summary>Creates the reader of the start of a document, which throws only where no end could complete it.</summary>
    public static Utf8JsonReader OfStart(ReadOnlySpan<byte> json) => new(json, isFinalBlock: false, new JsonReaderState(_options));

    public static string? Text(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return JsonText.Decode(ref reader);
            case JsonTokenType.Number:
                return JsonText.Utf8(JsonText.Raw(ref reader));
            case JsonTokenType.True:
                return "true";
            case JsonTokenType.False:
                return "false";
            default:
                return null;
        }
    }

    /// <summary>Reads a text that is probably the same as the one before, which is then used again.</summary>
    public static string? Text(ref Utf8JsonReader reader, string? previous)
    {
        if (previous is not null && JsonText.IsSame(ref reader, previous))
        {
            return previous;
        }

        return Text(ref reader);
    }

    public static long? Int64(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var number))
        {
            return number;
        }

        if (reader.TokenType == JsonTokenType.String
            && long.TryParse(JsonText.Decode(ref reader), NumberStyles.Integer, CultureInfo.InvariantCulture, out number))
        {
            return number;
        }

        if (Double(ref reader) is { } real && real is >= long.MinValue and < long.MaxValue)
        {
            return (long)real;
        }

        return null;
    }

    public static double? Double(ref Utf8JsonReader reader)
    {
        double number;
        switch (reader.TokenType)
        {
            case JsonTokenType.Number when TryGetDouble(ref reader, out number):
            case JsonTokenType.String
                when double.TryParse(JsonText.Decode(ref reader), NumberStyles.Float, CultureInfo.InvariantCulture, out number):
                if (double.IsNaN(number) || double.IsInfinity(number))
                {
                    return null;
                }

                return number;
            default:
                return null;
        }
    }

    public static decimal? Decimal(ref Utf8JsonReader reader)
    {
        decimal number;
        switch (reader.TokenType)
        {
            case JsonTokenType.Number when reader.TryGetDecimal(out number):
            case JsonTokenType.String
                when decimal.TryParse(JsonText.Decode(ref reader), NumberStyles.Float, CultureInfo.InvariantCulture, out number):
                return number;
            default:
                return null;
        }
    }

    public static bool? Boolean(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.True:
                return true;
            case JsonTokenType.False:
                return false;
            case JsonTokenType.String when bool.TryParse(JsonText.Decode(ref reader), out var parsed):
                return parsed;
            case JsonTokenType.Number when reader.TryGetInt64(out var number) && number is 0 or 1:
                return number == 1;
            default:
                return null;
        }
    }

    public static JsonElement? Element(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        return JsonElement.ParseValue(ref reader);
    }

    /// <summary>
    /// Reads an array, or the item of one alone; items that are null or unreadable are left out, so a list never contains null.
    /// </summary>
    public static IReadOnlyList<T>? List<T>(ref Utf8JsonReader reader, ReadClass<T> read)
        where T : class
    {
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            return SingleItem.Read(ref reader, read);
        }

        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return null;
        }

        var items = new ListBuilder<T>();

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (read(ref reader) is { } item)
            {
                items.Add(item);
            }
            else
            {
                reader.Skip();
            }
        }

        return items.ToList();
    }

    /// <inheritdoc cref="List{T}(ref Utf8JsonReader, ReadClass{T})"/>
    public static IReadOnlyList<T>? List<T>(ref Utf8JsonReader reader, ReadStruct<T> read)
        where T : struct
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return null;
        }

        var items = new ListBuilder<T>();

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (read(ref reader) is { } item)
            {
                items.Add(item);
            }
            else
            {
                reader.Skip();
            }
        }

        return items.ToList();
    }

    /// <summary>The unescaped name of the member that the reader stands on, without a copy where it has no escapes.</summary>
    public static ReadOnlySpan<byte> MemberName(ref Utf8JsonReader reader)
    {
        if (reader.HasValueSequence || reader.ValueIsEscaped)
        {
            return Encoding.UTF8.GetBytes(JsonText.Decode(ref reader));
        }

        return reader.ValueSpan;
    }

    public static string PropertyName(ref Utf8JsonReader reader) => JsonText.Decode(ref reader);

    /// <summary>Moves to the value of the member that the reader is on and keeps it under its name.</summary>
    public static IDictionary<string, JsonElement> Unknown(
        ref Utf8JsonReader reader, IDictionary<string, JsonElement>? members)
    {
        var unknown = members as UnknownMembers ?? new UnknownMembers();
        var name = JsonText.Raw(ref reader);
        reader.Read();
        unknown.Add(name, ref reader);

        return unknown;
    }

    /// <summary>
    /// Keeps the value of a known member that could not be read, so that it is written back as it was received. A null is not
    /// kept.
    /// </summary>
    public static IDictionary<string, JsonElement>? Unreadable(
        ref Utf8JsonReader reader, ReadOnlySpan<byte> name, IDictionary<string, JsonElement>? members)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return members;
        }

        var unknown = members as UnknownMembers ?? new UnknownMembers();
        unknown.Add(name, ref reader);

        return unknown;
    }

    /// <summary>Reads a value that was kept as it came.</summary>
    public static T? FromElement<T>(JsonElement element, ReadClass<T> read)
        where T : class
    {
        var reader = Of(JsonMarshal.GetRawUtf8Value(element));
        reader.Read();

        return read(ref reader);
    }

    private static bool TryGetDouble(ref Utf8JsonReader reader, out double number)
    {
#if NETSTANDARD2_0
        // The older parser overflows to an exception or a wrong number where the modern one returns infinity.
        return double.TryParse(JsonText.Utf8(JsonText.Raw(ref reader)), NumberStyles.Float, CultureInfo.InvariantCulture, out number);
#else
        return reader.TryGetDouble(out number);
#endif
    }

    /// <summary>Most lists of this API hold one item: that one is kept in an array of its size.</summary>
    private struct ListBuilder<T>
    {
        private T _first;
        private int _count;
        private List<T>? _all;

        public void Add(T item)
        {
            _count++;
            if (_count == 1)
            {
                _first = item;
                return;
            }

            // An expression would begin with room for one item, and make room for this one at once.
            _all ??= new List<T>(capacity: 4) { _first };
            _all.Add(item);
        }

        public readonly IReadOnlyList<T> ToList() => _count switch
        {
            0 => Array.Empty<T>(),
            1 => new[] { _first },
            _ => _all!,
        };
    }
}
