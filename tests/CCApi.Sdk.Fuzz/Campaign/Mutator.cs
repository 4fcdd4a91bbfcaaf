using System;
using System.Buffers;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace CCApi.Sdk.Fuzz;

/// <summary>
/// Changes inputs as AFL's havoc stage does: bits, bytes, numbers, words of the dictionary, blocks of this and of other inputs; and JSON
/// values, which are repeated, replaced and removed whole, so that a list grows and the input stays JSON.
/// </summary>
[SuppressMessage("Security", "CA5394", Justification = "The same seed must give the same inputs.")]
internal sealed class Mutator(int seed, IReadOnlyList<byte[]> words)
{
    private const int MostBytes = 16 * 1024;

    private static readonly byte[] _interesting = [0, 1, 7, 9, 10, 13, 32, 34, 48, 57, 58, 91, 92, 93, 123, 125, 127, 128, 192, 237, 239, 255];

    private static readonly SearchValues<byte> _valueStarts = SearchValues.Create("{[\"-0123456789tfn"u8);

    private readonly Random _random = new(seed);

    /// <summary>A changed copy of one of the inputs.</summary>
    public byte[] Next(IReadOnlyList<byte[]> inputs)
    {
        // Half of the time an early input: the seeds, and what is closest to them, are the least broken.
        var count = _random.Next(2) == 0 ? inputs.Count : _random.Next(inputs.Count) + 1;
        var bytes = new List<byte>(inputs[_random.Next(count)]);
        for (var changes = 1 << _random.Next(5); changes > 0; changes--)
        {
            Change(bytes, inputs);
        }

        return bytes.Count <= MostBytes ? [.. bytes] : [.. bytes[..MostBytes]];
    }

    private void Change(List<byte> bytes, IReadOnlyList<byte[]> inputs)
    {
        var at = bytes.Count == 0 ? 0 : _random.Next(bytes.Count);
        switch (_random.Next(12))
        {
            case 0 when bytes.Count > 0:
                bytes[at] ^= (byte)(1 << _random.Next(8));
                break;
            case 1 when bytes.Count > 0:
                bytes[at] = (byte)_random.Next(256);
                break;
            case 2 when bytes.Count > 0:
                bytes[at] = _interesting[_random.Next(_interesting.Length)];
                break;
            case 3 when bytes.Count > 0:
                bytes[at] += (byte)(_random.Next(35) - 17);
                break;
            case 4 when bytes.Count > 0:
                bytes.RemoveRange(at, Length(bytes.Count - at));
                break;
            case 5 when bytes.Count > 0:
                bytes.InsertRange(_random.Next(bytes.Count + 1), bytes.GetRange(at, Length(bytes.Count - at)));
                break;
            case 6:
                var other = inputs[_random.Next(inputs.Count)];
                var start = _random.Next(other.Length + 1);
                bytes.InsertRange(at, other.AsSpan(start, Length(other.Length - start)).ToArray());
                break;
            case 7:
                bytes.Insert(at, (byte)_random.Next(256));
                break;
            case 8:
                RepeatValue(bytes);
                break;
            case 9:
                ReplaceValue(bytes, inputs[_random.Next(inputs.Count)]);
                break;
            default:
                Write(bytes, at, words.Count == 0 ? [(byte)_random.Next(256)] : words[_random.Next(words.Count)]);
                break;
        }
    }

    private void Write(List<byte> bytes, int at, byte[] word)
    {
        if (_random.Next(3) == 0)
        {
            bytes.RemoveRange(at, Math.Min(word.Length, bytes.Count - at));
        }

        bytes.InsertRange(at, word);
    }

    private void RepeatValue(List<byte> bytes)
    {
        var (start, length) = FindValue([.. bytes]);
        if (length > 0)
        {
            bytes.InsertRange(start, [.. bytes.GetRange(start, length), (byte)',']);
        }
    }

    private void ReplaceValue(List<byte> bytes, byte[] other)
    {
        var (start, length) = FindValue([.. bytes]);
        var (otherStart, otherLength) = FindValue(other);
        bytes.RemoveRange(start, length);
        bytes.InsertRange(start, other.AsSpan(otherStart, otherLength));
    }

    /// <summary>The JSON value that starts at or after a random position; of length 0 when there is none.</summary>
    private (int Start, int Length) FindValue(ReadOnlySpan<byte> bytes)
    {
        for (var start = _random.Next(bytes.Length + 1); start < bytes.Length; start++)
        {
            if (!_valueStarts.Contains(bytes[start]))
            {
                continue;
            }

            var reader = new Utf8JsonReader(bytes[start..], isFinalBlock: false, default);

            try
            {
                if (reader.Read() && reader.TrySkip())
                {
                    return (start, (int)reader.BytesConsumed);
                }
            }
            catch (JsonException)
            {
            }
        }

        return (0, 0);
    }

    /// <summary>Mostly short blocks.</summary>
    private int Length(int most) => Math.Min(most, 1 + _random.Next(_random.Next(4) == 0 ? 200 : 16));
}
