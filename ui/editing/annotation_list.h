// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editing/annotation_edit.h"

#include <cstddef>
#include <iterator>
#include <memory>
#include <vector>

namespace ui
{

/// Annotations in order of id, in pieces that copies share: a copy of a hundred thousand costs
/// microseconds, and a change after it only the pieces that it touches. Copies may be read on
/// other threads while this one is changed.
class AnnotationList
{
    using Piece = std::vector<AnnotationEntry>; // never empty
    using Pieces = std::vector<std::shared_ptr<const Piece>>;

public:
    class Iterator
    {
    public:
        using iterator_category = std::forward_iterator_tag;
        using value_type = project::AnnotationPointer;
        using difference_type = std::ptrdiff_t;
        using pointer = const value_type *;
        using reference = const value_type &;

        Iterator() = default;
        Iterator(const Pieces &pieces, std::size_t piece) : m_pieces(&pieces), m_piece(piece) {}

        reference operator*() const { return (*(*m_pieces)[m_piece])[m_place].record; }
        pointer operator->() const { return &**this; }
        Iterator &operator++()
        {
            if (++m_place == (*m_pieces)[m_piece]->size()) {
                ++m_piece;
                m_place = 0;
            }
            return *this;
        }
        Iterator operator++(int)
        {
            Iterator before = *this;
            ++*this;
            return before;
        }
        bool operator==(const Iterator &) const = default;

    private:
        const Pieces *m_pieces = nullptr;
        std::size_t m_piece = 0;
        std::size_t m_place = 0;
    };

    AnnotationList() = default;
    explicit AnnotationList(const std::vector<project::AnnotationPointer> &inOrderOfId);

    bool empty() const { return m_pieces.empty(); }
    std::size_t size() const { return m_size; }
    Iterator begin() const { return {m_pieces, 0}; }
    Iterator end() const { return {m_pieces, m_pieces.size()}; }
    const project::AnnotationPointer &back() const { return m_pieces.back()->back().record; }
    /// Null: no such annotation.
    project::AnnotationPointer find(core::Id id) const;
    /// All of them, each counted once more: for a background thread.
    std::vector<project::AnnotationPointer> toVector() const { return {begin(), end()}; }

    /// Puts what `edit` says in the place of what is there, which it says afterwards.
    void exchange(AnnotationEdit &edit);

private:
    Pieces m_pieces;
    std::size_t m_size = 0;
};

} // namespace ui
