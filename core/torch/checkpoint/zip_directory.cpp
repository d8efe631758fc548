// SPDX-License-Identifier: Apache-2.0
#include "core/torch/checkpoint/zip_directory.h"

#include "core/error.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace core
{

namespace
{

constexpr std::uint32_t localSignature = 0x04034b50;
constexpr std::uint32_t entrySignature = 0x02014b50;
constexpr std::uint32_t endSignature = 0x06054b50;
constexpr std::uint32_t end64Signature = 0x06064b50;
constexpr std::uint32_t locator64Signature = 0x07064b50;
constexpr std::uint32_t inExtra32 = 0xffffffff; ///< the real number is in the 64-bit extra field
constexpr std::uint16_t inExtra16 = 0xffff;

class Archive
{
public:
    Archive(std::span<const std::byte> bytes, const std::string &fileName)
        : m_bytes(bytes), m_fileName(fileName)
    {
    }

    std::map<std::string, std::span<const std::byte>> members() const
    {
        const std::uint64_t end = findEnd();
        std::uint64_t count = number<std::uint16_t>(end + 10);
        std::uint64_t position = number<std::uint32_t>(end + 16);
        if (count == inExtra16 || position == inExtra32) {
            if (end < 20 || number<std::uint32_t>(end - 20) != locator64Signature)
                fail("its directory is damaged");
            const auto end64 = number<std::uint64_t>(end - 20 + 8);
            if (number<std::uint32_t>(end64) != end64Signature)
                fail("its directory is damaged");
            count = number<std::uint64_t>(end64 + 32);
            position = number<std::uint64_t>(end64 + 48);
        }
        std::map<std::string, std::span<const std::byte>> result;
        for (std::uint64_t i = 0; i < count; ++i)
            position = addEntry(position, result);
        return result;
    }

private:
    [[noreturn]] void fail(const std::string &what) const
    {
        throw Error(ErrorKind::BadCheckpoint, m_fileName + " is not a sound zip archive: " + what +
                                                  "; copy or download the file again.");
    }

    std::span<const std::byte> range(std::uint64_t begin, std::uint64_t length) const
    {
        if (begin > m_bytes.size() || length > m_bytes.size() - begin)
            fail("it is cut off or points outside itself");
        return m_bytes.subspan(begin, length);
    }

    template <typename Number>
    Number number(std::uint64_t position) const
    {
        Number value = 0;
        std::memcpy(&value, range(position, sizeof value).data(), sizeof value);
        return value;
    }

    /// The end record is the last thing but for a comment of up to 64 KiB.
    std::uint64_t findEnd() const
    {
        constexpr std::uint64_t recordSize = 22;
        if (m_bytes.size() < recordSize)
            fail("it is cut off");
        const std::uint64_t last = m_bytes.size() - recordSize;
        const std::uint64_t first = last > 0xffff ? last - 0xffff : 0;
        for (std::uint64_t position = last + 1; position-- > first;)
            if (number<std::uint32_t>(position) == endSignature)
                return position;
        fail("its end is missing");
    }

    /// Adds the entry at `position` of the directory; returns the position of the next.
    std::uint64_t addEntry(std::uint64_t position,
                           std::map<std::string, std::span<const std::byte>> &result) const
    {
        if (number<std::uint32_t>(position) != entrySignature)
            fail("its directory is damaged");
        const auto flags = number<std::uint16_t>(position + 8);
        const auto method = number<std::uint16_t>(position + 10);
        std::uint64_t stored = number<std::uint32_t>(position + 20);
        std::uint64_t size = number<std::uint32_t>(position + 24);
        const auto nameLength = number<std::uint16_t>(position + 28);
        const auto extraLength = number<std::uint16_t>(position + 30);
        const auto commentLength = number<std::uint16_t>(position + 32);
        std::uint64_t local = number<std::uint32_t>(position + 42);
        const auto nameBytes = range(position + 46, nameLength);
        const std::string name(reinterpret_cast<const char *>(nameBytes.data()), nameLength);
        readExtra(range(position + 46 + nameLength, extraLength), size, stored, local);
        if (method != 0 || (flags & 1) != 0 || stored != size)
            fail("its member \"" + name + "\" is compressed or encrypted");
        if (number<std::uint32_t>(local) != localSignature)
            fail("its member \"" + name + "\" is damaged");
        const std::uint64_t data =
            local + 30 + number<std::uint16_t>(local + 26) + number<std::uint16_t>(local + 28);
        if (!result.emplace(name, range(data, size)).second)
            fail("it holds \"" + name + "\" twice");
        return position + 46 + nameLength + extraLength + commentLength;
    }

    /// The 64-bit field lists, in this order, those numbers that did not fit.
    void readExtra(std::span<const std::byte> extra, std::uint64_t &size, std::uint64_t &stored,
                   std::uint64_t &local) const
    {
        while (extra.size() >= 4) {
            std::uint16_t header[2] = {};
            std::memcpy(header, extra.data(), sizeof header);
            if (header[1] > extra.size() - 4)
                fail("its directory is damaged");
            auto field = extra.subspan(4, header[1]);
            extra = extra.subspan(4u + header[1]);
            if (header[0] != 1)
                continue;
            for (std::uint64_t *value : {&size, &stored, &local}) {
                if (*value != inExtra32)
                    continue;
                if (field.size() < sizeof *value)
                    fail("its directory is damaged");
                std::memcpy(value, field.data(), sizeof *value);
                field = field.subspan(sizeof *value);
            }
        }
    }

    std::span<const std::byte> m_bytes;
    const std::string &m_fileName;
};

} // namespace

bool looksLikeZip(std::span<const std::byte> bytes)
{
    std::uint32_t signature = 0;
    if (bytes.size() < sizeof signature)
        return false;
    std::memcpy(&signature, bytes.data(), sizeof signature);
    return signature == localSignature;
}

std::map<std::string, std::span<const std::byte>> readZipDirectory(std::span<const std::byte> bytes,
                                                                   const std::string &fileName)
{
    return Archive(bytes, fileName).members();
}

} // namespace core
