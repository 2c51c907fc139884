( () => {
	'use strict';

	const { registerBlockType } = wp.blocks;
	const { createElement: element, Fragment } = wp.element;
	const { InspectorControls, useBlockProps } = wp.blockEditor;
	const { PanelBody, SelectControl, TextControl } = wp.components;
	const { choices, words } = window.logtoSignInBlock;

	// Older and newer components alike: each ignores what the other needs.
	const look = { __next40pxDefaultSize: true, __nextHasNoMarginBottom: true };

	/**
	 * A connector that the settings no longer name stays chosen until somebody chooses another.
	 *
	 * @param {string} connector
	 * @return {Object[]} What the list offers.
	 */
	const offered = ( connector ) => choices.some( ( { value } ) => value === connector )
		? choices
		: [ ...choices, { value: connector, label: connector, text: connector } ];

	/**
	 * @param {Object}   properties
	 * @param {Object}   properties.attributes
	 * @param {Function} properties.setAttributes
	 * @return {Object} The block in the editor.
	 */
	const Edit = ( { attributes, setAttributes } ) => {
		const { connector, label } = attributes;
		const options = offered( connector );
		const own = options.find( ( { value } ) => value === connector ).text;
		const field = ( attribute, control, properties ) => element( control, {
			...look,
			...properties,
			value: attributes[ attribute ],
			onChange: ( value ) => setAttributes( { [ attribute ]: value } ),
		} );

		return element(
			Fragment,
			null,
			element(
				InspectorControls,
				null,
				element(
					PanelBody,
					{ title: words.panel },
					field( 'connector', SelectControl, { label: words.connector, help: words.connectorHelp, options } ),
					field( 'label', TextControl, { label: words.label, placeholder: own } ),
					field( 'redirect_to', TextControl, { label: words.redirectTo, help: words.redirectToHelp, type: 'url' } )
				)
			),
			element(
				'div',
				useBlockProps(),
				element( 'span', { className: 'logto-button wp-element-button' }, label.trim() || own )
			)
		);
	};

	// The rest is in blocks/button/block.json, which WordPress hands to the editor.
	registerBlockType( 'logto-sign-in/button', { edit: Edit, save: () => null } );
} )();
