using System;
using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using CCApi.Sdk.Json;

namespace CCApi.Sdk.Models;

/// <summary>
/// Bytes that travel as base64 text in JSON. They are decoded once, when the response is read; a <c>data:</c> prefix, white
/// space, the URL-safe alphabet and missing padding are accepted. Immutable and thread-safe.
/// </summary>
/// <remarks>Text that is not base64 is kept and written back unchanged; only reading its bytes throws.</remarks>
[JsonConverter(typeof(JsonConverter))]
[DebuggerDisplay("{DebuggerDisplay,nq}")]
public sealed class Base64Data : IJsonModel
{
    private readonly byte[]? _bytes;
    private readonly string? _dataPrefix;
    private readonly string? _text;

    /// <summary>Holds <paramref name="bytes"/>, which are not copied and must not be changed afterwards.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="mediaType">When given, the text starts with a <c>data:</c> prefix that names this media type.</param>
    /// <exception cref="ArgumentNullException"><paramref name="bytes"/> is null.</exception>
    public Base64Data(byte[] bytes, string? mediaType = null)
    {
        _bytes = bytes ?? throw new ArgumentNullException(nameof(bytes));
        _dataPrefix = mediaType is null ? null : $"data:{mediaType};base64,";
    }

    /// <summary>Reads base64 text, as lenient as a response is read.</summary>
    /// <param name="text">The text. When it is not base64, it is kept and <see cref="IsValid"/> is false.</param>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    public Base64Data(string text)
        : this(Encoding.UTF8.GetBytes(text ?? throw new ArgumentNullException(nameof(text))).AsSpan(), text)
    {
    }

    private Base64Data(ReadOnlySpan<byte> utf8, string? text)
    {
        var payload = utf8;
        if (Base64Text.DataPrefixLength(utf8) is var prefix and > 0)
        {
            _dataPrefix = JsonText.Utf8(utf8.Slice(0, prefix));
            payload = utf8.Slice(prefix);
        }

        _bytes = Base64Text.Decode(payload, out var isCanonical);
        if (!isCanonical)
        {
            // Encoding the bytes again would not give this text.
            _text = text ?? JsonText.Utf8(utf8);
        }
    }

    /// <summary>Whether the text was base64, so that there are bytes.</summary>
    public bool IsValid => _bytes is not null;

    /// <summary>The number of decoded bytes; 0 when <see cref="IsValid"/> is false.</summary>
    public int Length => _bytes?.Length ?? 0;

    /// <summary>The media type that a <c>data:</c> prefix named, such as <c>image/png</c>, else null.</summary>
    public string? MediaType => Base64Text.MediaType(_dataPrefix);

    /// <summary>The decoded bytes, not copied.</summary>
    /// <exception cref="CCApiProtocolException">The text is not base64 (<see cref="IsValid"/> is false).</exception>
    public ReadOnlyMemory<byte> Memory => Bytes;

    /// <summary>The bytes themselves, for streams that only read.</summary>
    internal byte[] Bytes => _bytes ?? throw Base64Text.Invalid(_text!);

    private string DebuggerDisplay
    {
        get
        {
            if (IsValid)
            {
                return $"{Length} bytes";
            }

            return FormattableString.Invariant($"{_text!.Length} characters that are not base64");
        }
    }

    /// <summary>The decoded bytes, copied into a new array.</summary>
    /// <exception cref="CCApiProtocolException">The text is not base64 (<see cref="IsValid"/> is false).</exception>
    public byte[] ToArray() => (byte[])Bytes.Clone();

    /// <summary>The base64 text, as it was received or as it will be sent.</summary>
    public override string ToString() => _text ?? _dataPrefix + Convert.ToBase64String(_bytes!);

    internal static Base64Data? ReadFrom(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            return null;
        }

        if (reader.ValueIsEscaped)
        {
            return new Base64Data(JsonText.Decode(ref reader));
        }

        return new Base64Data(JsonText.Raw(ref reader), text: null);
    }

    void IJsonModel.WriteTo(Utf8JsonWriter writer)
    {
        if (_text is null && _dataPrefix is null)
        {
            writer.WriteBase64StringValue(_bytes);
        }
        else
        {
            writer.WriteStringValue(ToString());
        }
    }

    /// <summary>Reads and writes the base64 text.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public sealed class JsonConverter : JsonConverter<Base64Data>
    {
        /// <inheritdoc/>
        public override Base64Data? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var value = ReadFrom(ref reader);
            if (value is null)
            {
                reader.Skip();
            }

            return value;
        }

        /// <inheritdoc/>
        public override void Write(Utf8JsonWriter writer, Base64Data value, JsonSerializerOptions options) =>
            JsonWrite.Model(writer, value);
    }
}
