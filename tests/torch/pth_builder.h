// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QList>
#include <QPair>

/// Writes little checkpoints by hand, sound ones and others.
namespace pth
{

template <typename Number>
QByteArray raw(Number number)
{
    return QByteArray(reinterpret_cast<const char *>(&number), sizeof number);
}

inline QByteArray text(const QByteArray &value)
{
    return "X" + raw(quint32(value.size())) + value;
}

inline QByteArray integer(qint64 value)
{
    return QByteArray("\x8a\x08", 2) + raw(value);
}

inline QByteArray tuple(const QList<QByteArray> &items)
{
    QByteArray result = "(";
    for (const QByteArray &item : items)
        result += item;
    return result + "t";
}

inline QByteArray numbers(const QList<qint64> &values)
{
    QList<QByteArray> items;
    for (const qint64 value : values)
        items << integer(value);
    return tuple(items);
}

inline QByteArray global(const QByteArray &module, const QByteArray &name)
{
    return "c" + module + "\n" + name + "\n";
}

inline QByteArray storage(const QByteArray &type, const QByteArray &key, qint64 elements)
{
    return tuple({text("storage"), global("torch", type), text(key), text("cpu"),
                  integer(elements)}) +
           "Q";
}

inline QByteArray tensor(const QByteArray &storagePickle, qint64 offset, const QList<qint64> &shape,
                         const QList<qint64> &strides)
{
    return global("torch._utils", "_rebuild_tensor_v2") +
           tuple({storagePickle, integer(offset), numbers(shape), numbers(strides), "\x89",
                  global("collections", "OrderedDict") + ")R"}) +
           "R";
}

inline QByteArray parameter(const QByteArray &tensorPickle)
{
    return global("torch._utils", "_rebuild_parameter") +
           tuple({tensorPickle, "\x88", global("collections", "OrderedDict") + ")R"}) + "R";
}

inline QByteArray dictionary(const QList<QPair<QByteArray, QByteArray>> &items)
{
    QByteArray result = "}(";
    for (const auto &[key, value] : items)
        result += text(key) + value;
    return result + "u";
}

inline QByteArray program(const QByteArray &body)
{
    return QByteArray("\x80\x02", 2) + body + ".";
}

/// A zip archive of stored members; `method` other than 0 claims compression, `wide` writes 64-bit
/// sizes.
inline QByteArray archive(const QList<QPair<QByteArray, QByteArray>> &members, quint16 method = 0,
                          bool wide = false)
{
    QByteArray file;
    QByteArray directory;
    for (const auto &[name, data] : members) {
        const quint32 position = quint32(file.size());
        const quint32 size = quint32(data.size());
        file += raw(quint32(0x04034b50)) + raw(quint16(0)) + raw(quint16(0)) + raw(method) +
                raw(quint32(0)) + raw(quint32(0)) + raw(size) + raw(size) +
                raw(quint16(name.size())) + raw(quint16(0)) + name + data;
        const QByteArray extra = wide ? raw(quint16(1)) + raw(quint16(24)) + raw(quint64(size)) +
                                            raw(quint64(size)) + raw(quint64(position))
                                      : QByteArray();
        const quint32 outside = 0xffffffff;
        directory += raw(quint32(0x02014b50)) + raw(quint16(0)) + raw(quint16(0)) +
                     raw(quint16(0)) + raw(method) + raw(quint32(0)) + raw(quint32(0)) +
                     raw(wide ? outside : size) + raw(wide ? outside : size) +
                     raw(quint16(name.size())) + raw(quint16(extra.size())) + raw(quint16(0)) +
                     raw(quint16(0)) + raw(quint16(0)) + raw(quint32(0)) +
                     raw(wide ? outside : position) + name + extra;
    }
    const quint32 start = quint32(file.size());
    return file + directory + raw(quint32(0x06054b50)) + raw(quint16(0)) + raw(quint16(0)) +
           raw(quint16(members.size())) + raw(quint16(members.size())) +
           raw(quint32(directory.size())) + raw(start) + raw(quint16(0));
}

} // namespace pth
