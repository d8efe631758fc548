// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/annotation_list.h"

#include <iterator>
#include <utility>

namespace ui
{
namespace
{

// A change of one annotation copies a piece and the list of pieces: with these numbers each costs
// some microseconds in a list of a hundred thousand.
constexpr std::size_t most = 1024;
constexpr std::size_t usual = most / 2;
constexpr std::size_t least = usual / 8;

using Entries = std::vector<AnnotationEntry>;

/// Appends the entries in pieces; joins few of them to the piece before.
template <typename Pieces>
void append(Pieces &pieces, Entries &&entries)
{
    if (entries.empty())
        return;
    if (!pieces.empty() && pieces.back()->size() + entries.size() <= usual + least &&
        (entries.size() < least || pieces.back()->size() < least)) {
        Entries joined = *pieces.back();
        std::ranges::move(entries, std::back_inserter(joined));
        pieces.back() = std::make_shared<const Entries>(std::move(joined));
        return;
    }
    if (entries.size() <= most) {
        pieces.push_back(std::make_shared<const Entries>(std::move(entries)));
        return;
    }
    for (std::size_t from = 0; from < entries.size(); from += usual) {
        const auto begin = entries.begin() + std::ptrdiff_t(from);
        const auto end = entries.begin() + std::ptrdiff_t(std::min(from + usual, entries.size()));
        pieces.push_back(std::make_shared<const Entries>(std::make_move_iterator(begin),
                                                         std::make_move_iterator(end)));
    }
}

} // namespace

AnnotationList::AnnotationList(const std::vector<project::AnnotationPointer> &inOrderOfId)
    : m_size(inOrderOfId.size())
{
    Piece entries;
    entries.reserve(inOrderOfId.size());
    for (const project::AnnotationPointer &record : inOrderOfId)
        entries.push_back({record->annotation.id, record});
    append(m_pieces, std::move(entries));
}

project::AnnotationPointer AnnotationList::find(core::Id id) const
{
    // The last piece that does not begin behind it.
    const auto next = std::ranges::upper_bound(m_pieces, id, {},
                                               [](const auto &piece) { return piece->front().id; });
    if (next == m_pieces.begin())
        return nullptr;
    const Piece &piece = **std::prev(next);
    const auto place = std::ranges::lower_bound(piece, id, {}, &AnnotationEntry::id);
    return place != piece.end() && place->id == id ? place->record : nullptr;
}

void AnnotationList::exchange(AnnotationEdit &edit)
{
    if (edit.empty())
        return;
    Pieces pieces;
    pieces.reserve(m_pieces.size() + edit.size() / usual + 1);
    m_size = 0;
    auto change = edit.begin();
    for (std::size_t i = 0; i == 0 || i < m_pieces.size(); ++i) {
        const bool isLast = i + 1 >= m_pieces.size();
        auto changesEnd = edit.end();
        if (!isLast)
            changesEnd = std::ranges::lower_bound(change, edit.end(), m_pieces[i + 1]->front().id,
                                                  {}, &AnnotationEntry::id);
        if (change == changesEnd) {
            if (i < m_pieces.size()) {
                m_size += m_pieces[i]->size();
                pieces.push_back(std::move(m_pieces[i]));
            }
            continue;
        }
        static const Piece nothing;
        const Piece &present = i < m_pieces.size() ? *m_pieces[i] : nothing;
        Piece merged;
        merged.reserve(present.size() + std::size_t(changesEnd - change));
        auto old = present.begin();
        for (; change != changesEnd; ++change) {
            for (; old != present.end() && old->id < change->id; ++old)
                merged.push_back(*old);
            project::AnnotationPointer before;
            if (old != present.end() && old->id == change->id)
                before = (old++)->record;
            if (change->record)
                merged.push_back({change->id, std::move(change->record)});
            change->record = std::move(before);
        }
        merged.insert(merged.end(), old, present.end());
        m_size += merged.size();
        append(pieces, std::move(merged));
    }
    m_pieces = std::move(pieces);
}

} // namespace ui
