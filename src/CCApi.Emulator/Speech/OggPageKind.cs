namespace CCApi.Emulator;

/// <summary>Where in the file a page is, as its header flags it.</summary>
internal enum OggPageKind : byte
{
    Inner = 0,
    First = 2,
    Last = 4,
}
